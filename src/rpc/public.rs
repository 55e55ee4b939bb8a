//! Public imports of public imports: the linker follows one of them, and not a second.

use std::collections::{BTreeMap, BTreeSet};

use prost_types::FileDescriptorProto;

/// What each file so far imports publicly, by virtual names.
#[derive(Debug, Default)]
pub(super) struct PublicImports(BTreeMap<String, Vec<String>>);

impl PublicImports {
    /// Takes in a file whose imports it has; the further ones that the linker must be given to see what the file sees.
    pub(super) fn of(&mut self, file: &FileDescriptorProto) -> Vec<String> {
        let import = |index: &i32| usize::try_from(*index).ok().and_then(|index| file.dependency.get(index));
        self.0.insert(file.name().to_owned(), file.public_dependency.iter().filter_map(import).cloned().collect());
        let mut seen: BTreeSet<String> = file.dependency.iter().cloned().collect();
        let mut names = self.next(&file.dependency);
        seen.extend(names.iter().cloned());
        let mut deep = Vec::new();
        loop {
            names = self.next(&names).into_iter().filter(|name| seen.insert(name.clone())).collect();
            if names.is_empty() {
                return deep;
            }
            deep.extend(names.iter().cloned());
        }
    }

    fn next(&self, names: &[String]) -> Vec<String> {
        names.iter().filter_map(|name| self.0.get(name)).flatten().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_public_import_and_those_behind_it_are_told() {
        let file = |name: &str, imports: &[&str]| FileDescriptorProto {
            name: Some(name.to_owned()),
            dependency: imports.iter().map(|import| (*import).to_owned()).collect(),
            public_dependency: (0..).take(imports.len()).collect(),
            ..FileDescriptorProto::default()
        };
        let mut public = PublicImports::default();
        assert!(public.of(&file("d", &[])).is_empty());
        assert!(public.of(&file("c", &["d"])).is_empty());
        assert!(public.of(&file("b", &["c"])).is_empty());
        assert_eq!(public.of(&file("a", &["b"])), ["d"]);
        assert_eq!(public.of(&file("x", &["a"])), ["c", "d"]);
    }
}
