//! The table at the end of `make parity`: a row for each command, written by whoever compares it.

use std::fs;
use std::path::Path;

/// What became of the cases of one command.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub cases: usize,
    pub equal: usize,
    /// Differences with a reason in `tests/known/`.
    pub listed: usize,
    pub unexplained: usize,
}

/// Puts a row into the table; rows stand in the order of `place`.
pub fn row(place: usize, command: &str, counts: Counts) {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("parity-table");
    fs::create_dir_all(&dir).unwrap();
    let line = |cells: [String; 5]| format!("{:<44}{:>8}{:>8}{:>8}{:>13}\n", cells[0], cells[1], cells[2], cells[3], cells[4]);
    fs::write(dir.join("00"), line(["command", "cases", "equal", "listed", "unexplained"].map(str::to_owned))).unwrap();
    let Counts { cases, equal, listed, unexplained } = counts;
    let numbers = [cases, equal, listed, unexplained].map(|n| n.to_string());
    let [cases, equal, listed, unexplained] = numbers;
    fs::write(dir.join(format!("{place:02}")), line([command.to_owned(), cases, equal, listed, unexplained])).unwrap();
}
