//! Where a row is looked up when there is a cache: a key must be known to whoever clears it, and hold what is asked for.

use super::super::spec::Table;
use super::super::types_map::Printed;
use super::Options;
use super::table::{Model, Unique};

/// How a row is looked up where there is a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lookup {
    /// Through the cache.
    Cached,
    /// In the database, which fills in a part of the key.
    FilledIn,
    /// In the database: a cache key would not say the value of a part of the key.
    Unprinted,
}

impl Model {
    /// What the database fills in is not in the row that an insert is given: its keys could not be cleared, so that "not found"
    /// must not be remembered under them. The number of a new row is known at once (decisions, Models).
    pub(super) fn caches(&mut self, table: &Table, options: &Options) {
        let (inserted, numbered) = (&self.inserted, self.numbered);
        let numbers = |place: usize| table.columns.get(place).is_some_and(|column| column.auto_increment);
        let filled_in = |place: usize| !inserted.contains(&place) || numbers(place);
        let all = options.compat.caches_filled_in_keys();
        let primary_filled_in = self.primary.iter().any(|place| Some(*place) != numbered && filled_in(*place));
        if !all && primary_filled_in {
            self.lookup = Lookup::FilledIn;
        }
        for unique in &mut self.uniques {
            if !all && unique.columns.iter().any(|place| filled_in(*place)) {
                unique.lookup = Lookup::FilledIn;
            }
        }
    }

    /// A cache key holds what Go prints of a value: the address behind a pointer, `[49 50]` for bytes. What is stored for a unique
    /// index is the primary key, which comes back as JSON has it.
    pub(super) fn prints(&mut self, options: &Options) {
        if options.compat.caches_unprinted_keys() {
            return;
        }
        let printed = |place: &usize| self.columns.get(*place).map_or(Printed::Otherwise, |field| field.printed);
        let by_primary = self.primary.iter().all(|place| printed(place) == Printed::Value);
        let by_unique = |unique: &Unique| by_primary && unique.columns.iter().all(|place| printed(place) != Printed::Otherwise);
        let unprinted: Vec<bool> = self.uniques.iter().map(|unique| !by_unique(unique)).collect();
        if !by_primary {
            self.lookup = Lookup::Unprinted;
        }
        for (unique, _) in self.uniques.iter_mut().zip(unprinted).filter(|(_, unprinted)| *unprinted) {
            unique.lookup = Lookup::Unprinted;
        }
    }
}
