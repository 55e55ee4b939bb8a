//! What the templates of a MongoDB model see.

mod goctl;

use super::generate::Options;
use super::names::{INVALID_ID, NOT_FOUND, Names};
use crate::golang::ident::quote;
use crate::golang::package::Package;
use crate::view::{View, view};

view! {
    /// `usertypes.go`
    struct Types {
        /// The package.
        package: String,
        /// The struct.
        ty: String,
    }

    /// `usermodelgen.go`
    struct Model {
        /// The package.
        package: String,
        /// The struct.
        ty: String,
        /// The same, not exported.
        lower: String,
        /// Whether documents are kept in a cache.
        cache: bool,
        /// What cache keys start with, as `--prefix` gives it.
        prefix: String,
        /// What the cache key of a document has before its id, as a Go string.
        key: String,
    }

    /// `usermodel.go`
    struct Custom {
        /// The package.
        package: String,
        /// The struct.
        ty: String,
        /// The same, not exported.
        lower: String,
        /// Whether documents are kept in a cache.
        cache: bool,
        /// Whether the collection has a constant, instead of a parameter.
        easy: bool,
        /// The name of the collection.
        collection: String,
    }

    /// `error.go`
    struct Errors {
        /// The package.
        package: String,
        /// Whether `ErrNotFound` is declared here; false where another file of the package does.
        not_found: bool,
        /// The same of `ErrInvalidObjectId`.
        invalid_id: bool,
        /// The types, as `--type` lists them.
        types: Vec<String>,
        /// Whether documents are kept in a cache.
        cache: bool,
        /// Whether collections have constants.
        easy: bool,
        /// What cache keys start with, as `--prefix` gives it.
        prefix: String,
        /// `--style`
        style: String,
        /// The directory, in full.
        directory: String,
    }
}

/// `usertypes.go`
pub(super) fn types(names: &Names, package: &str) -> View {
    View::new("mongo/model_types", Types { package: package.to_owned(), ty: names.ty.clone() }, goctl::Types::new)
}

/// `usermodelgen.go`
pub(super) fn model(names: &Names, package: &str, options: &Options) -> View {
    // goctl's order, unlike that of tables: services share their caches.
    let prefix = if options.prefix.is_empty() { String::new() } else { format!("{}:", options.prefix) };
    let model = Model {
        package: package.to_owned(),
        ty: names.ty.clone(),
        lower: names.lower.clone(),
        cache: options.cache,
        prefix: options.prefix.clone(),
        key: quote(&format!("{prefix}cache:{}:", names.lower)),
    };
    View::new("mongo/model", model, goctl::Model::new)
}

/// `usermodel.go`
pub(super) fn custom(names: &Names, package: &str, options: &Options) -> View {
    let custom = Custom {
        package: package.to_owned(),
        ty: names.ty.clone(),
        lower: names.lower.clone(),
        cache: options.cache,
        easy: options.easy,
        collection: names.collection.clone(),
    };
    View::new("mongo/model_custom", custom, goctl::Custom::new)
}

/// `error.go`; `standing` is the package as it is, where other files may have the errors already: those of tables do.
/// `None` where there is nothing left to declare.
pub(super) fn errors(path: &str, package: &str, options: &Options, standing: &Package, directory: String) -> Option<View> {
    let is_free = |name: &str| standing.declaring(name, &[path]).is_none();
    let errors = Errors {
        package: package.to_owned(),
        not_found: is_free(NOT_FOUND),
        invalid_id: is_free(INVALID_ID),
        types: options.types.clone(),
        cache: options.cache,
        easy: options.easy,
        prefix: options.prefix.clone(),
        style: if options.style.is_empty() { "gozero".to_owned() } else { options.style.clone() },
        directory,
    };
    (errors.not_found || errors.invalid_id).then(|| View::new("mongo/err", errors, goctl::Errors::new))
}
