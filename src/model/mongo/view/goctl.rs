//! What goctl's own templates expect, made from our views and from nothing else (contract: model 11).

use super::{Custom as OurCustom, Errors as OurErrors, Model as OurModel, Types as OurTypes};
use crate::compat::GOCTL_VERSION;
use crate::view::view;

view! {
    /// `model_types.tpl`
    pub(super) struct Types {
        /// The struct.
        Type: String,
    }

    /// `model.tpl`
    pub(super) struct Model {
        /// The struct.
        Type: String,
        /// The same, not exported.
        lowerType: String,
        /// Whether documents are kept in a cache.
        Cache: bool,
        /// `--prefix`
        Prefix: String,
        /// The goctl version whose behaviour this is.
        version: &'static str,
    }

    /// `model_custom.tpl`
    pub(super) struct Custom {
        /// The struct.
        Type: String,
        /// The same, not exported.
        lowerType: String,
        /// The name of the collection.
        snakeType: String,
        /// Whether documents are kept in a cache.
        Cache: bool,
        /// `--easy`
        Easy: bool,
    }

    /// `err.tpl`
    pub(super) struct Errors {
        /// The types, as `--type` lists them.
        Types: Vec<String>,
        /// Whether documents are kept in a cache.
        Cache: bool,
        /// `--prefix`
        Prefix: String,
        /// `--easy`
        Easy: bool,
        /// The directory, in full.
        Output: String,
        /// How files are named.
        Cfg: Config,
    }

    /// How files are named.
    pub(super) struct Config {
        /// `--style`
        NamingFormat: String,
    }
}

impl Types {
    pub(super) fn new(types: &OurTypes) -> Self {
        Self { Type: types.ty.clone() }
    }
}

impl Model {
    pub(super) fn new(model: &OurModel) -> Self {
        Self {
            Type: model.ty.clone(),
            lowerType: model.lower.clone(),
            Cache: model.cache,
            Prefix: model.prefix.clone(),
            version: GOCTL_VERSION,
        }
    }
}

impl Custom {
    pub(super) fn new(custom: &OurCustom) -> Self {
        Self {
            Type: custom.ty.clone(),
            lowerType: custom.lower.clone(),
            snakeType: custom.collection.clone(),
            Cache: custom.cache,
            Easy: custom.easy,
        }
    }
}

impl Errors {
    pub(super) fn new(errors: &OurErrors) -> Self {
        Self {
            Types: errors.types.clone(),
            Cache: errors.cache,
            Prefix: errors.prefix.clone(),
            Easy: errors.easy,
            Output: errors.directory.clone(),
            Cfg: Config { NamingFormat: errors.style.clone() },
        }
    }
}
