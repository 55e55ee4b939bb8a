//! What goctl 1.10.2 would refuse (contract: model 2): the Go types of a table that it takes are fixed by what services made
//! with it share (decisions, Models), those of all others are free to be right.

use super::lex::Token;

/// The first reason found.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Refusal(pub(super) Option<&'static str>);

impl Refusal {
    /// goctl would not take `token`; it reads nothing of versioned comments.
    pub(super) fn at(&mut self, token: Option<Token>, reason: &'static str) {
        if token.is_some_and(|token| !token.versioned) {
            self.0 = self.0.or(Some(reason));
        }
    }
}
