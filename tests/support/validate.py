"""Holds manifests to the schemas of Kubernetes, strictly: every version that kubernetes-validate carries.

Arguments are files. Prints a line for each object that a version refuses, then `VERSIONS first..last` and the number of
objects read. One process for all, with each schema read once: the package's own command takes minutes.
"""

import functools
import sys

import kubernetes_validate
from kubernetes_validate import utils

utils.schema_contents = functools.lru_cache(maxsize=None)(utils.schema_contents)

# The same version with and without "-strict" is one.
versions = list(dict.fromkeys(utils.major_minor(version) for version in utils.all_versions()))
count = 0
for path in sys.argv[1:]:
    for document in utils.resources_from_file(path):
        count += 1
        for version in versions:
            try:
                kubernetes_validate.validate(document, version, strict=True)
            except kubernetes_validate.ValidationError as error:
                place = ".".join(str(item) for item in error.path)
                print(f"{path}: {version}: {document.get('kind')}: {place}: {error.message}")
            except utils.SchemaNotFoundError as error:
                print(f"{path}: {version}: {error.message}")
print(f"VERSIONS {versions[0]}..{versions[-1]}, {count} objects")
