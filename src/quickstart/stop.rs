//! The signals that tell ctl to end while others work for it.
//!
//! In: what the system sends to this process. Out: that it came, to who asks. Once there is a [`Stop`], none of the signals
//! ends ctl by itself any more.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::{consts, flag};

use crate::source::Disk;

/// How often those who work are looked at.
pub(super) const PAUSE: Duration = Duration::from_millis(50);
/// So long may they take to end by themselves. go-zero's servers take one second where nobody waits for an answer.
const GRACE: Duration = Duration::from_secs(10);

/// What ctl can be told to end by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C: a terminal sends it to all of the group of processes.
    Interrupt,
    /// `kill`, an end of the session.
    Terminate,
    /// The terminal is gone.
    HangUp,
}

const ALL: [Signal; 3] = [Signal::Interrupt, Signal::Terminate, Signal::HangUp];

impl Signal {
    /// Its number, the same on every system that has it.
    pub fn number(self) -> u8 {
        match self {
            Self::HangUp => 1,
            Self::Interrupt => 2,
            Self::Terminate => 15,
        }
    }

    /// As the system of this build knows it.
    fn known(self) -> Option<i32> {
        match self {
            Self::Interrupt => Some(consts::SIGINT),
            Self::Terminate => Some(consts::SIGTERM),
            #[cfg(unix)]
            Self::HangUp => Some(consts::SIGHUP),
            #[cfg(not(unix))]
            Self::HangUp => None,
        }
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Interrupt => "SIGINT",
            Self::Terminate => "SIGTERM",
            Self::HangUp => "SIGHUP",
        })
    }
}

/// Whether ctl was told to end.
#[derive(Debug)]
pub struct Stop {
    /// The number of the last signal that nobody has asked for yet; 0: none.
    last: Arc<AtomicUsize>,
}

impl Stop {
    /// Waits for the signals from now on; one that ctl was started to ignore (`nohup`) stays ignored, where the system says so.
    ///
    /// # Errors
    ///
    /// The system's own.
    pub fn new(disk: &Disk) -> io::Result<Self> {
        let ignored = disk.read_text(Path::new("/proc/self/status")).map_or(0, |status| ignored(&status));
        let last = Arc::new(AtomicUsize::new(0));
        for signal in ALL.into_iter().filter(|signal| ignored & (1 << (signal.number() - 1)) == 0) {
            if let Some(known) = signal.known() {
                flag::register_usize(known, Arc::clone(&last), signal.number().into())?;
            }
        }
        Ok(Self { last })
    }

    /// The signal that came since this was asked before.
    pub(super) fn asked(&self) -> Option<Signal> {
        let last = self.last.swap(0, Ordering::SeqCst);
        ALL.into_iter().find(|signal| usize::from(signal.number()) == last)
    }

    /// Gives those time to end by themselves who have heard of the signal too, as all have of Ctrl-C; until all have ended, or
    /// another signal comes.
    pub(super) fn grace(&self, signal: Signal, mut all_ended: impl FnMut() -> bool) {
        let start = Instant::now();
        while signal == Signal::Interrupt && !all_ended() && start.elapsed() < GRACE && self.asked().is_none() {
            thread::sleep(PAUSE);
        }
    }
}

/// The signals that a process ignores, a bit each from SIGHUP on: `SigIgn` of Linux's `/proc/PID/status`.
fn ignored(status: &str) -> u64 {
    let bits = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    bits.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_signals_are_bits() {
        assert_eq!(ignored("Name:\tctl\nSigBlk:\t0000000000000002\nSigIgn:\t0000000000001001\nSigCgt:\t0000000000000004\n"), 0x1001);
        assert_eq!([ignored(""), ignored("SigIgn:\tx\n")], [0, 0]);
    }

    #[test]
    fn a_signal_is_told_once() {
        let stop = Stop { last: Arc::default() };
        assert_eq!(stop.asked(), None);
        for signal in ALL {
            stop.last.store(signal.number().into(), Ordering::SeqCst);
            assert_eq!([stop.asked(), stop.asked()], [Some(signal), None]);
        }
    }

    #[test]
    fn only_what_all_have_heard_gives_time_and_a_second_one_ends_it() {
        let stop = Stop { last: Arc::default() };
        stop.grace(Signal::Terminate, || panic!("nobody else has heard of it"));
        let mut looks = 0;
        stop.grace(Signal::Interrupt, || {
            looks += 1;
            looks == 2
        });
        assert_eq!(looks, 2);
        stop.last.store(2, Ordering::SeqCst);
        stop.grace(Signal::Interrupt, || false);
    }
}
