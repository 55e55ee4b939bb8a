//! Asking a server: one thread, a limit on every step, and a word when it takes long.

use std::cell::RefCell;
use std::pin::pin;
use std::time::Duration;

use sqlx::{ConnectOptions, Connection};
use tokio::time::timeout;

use super::Failure;
use super::dsn::Place;
use super::failure::Peer;

/// How long to work in silence.
const SILENCE: Duration = Duration::from_secs(1);

/// Runs `work` to its end. While a step takes longer than a second, `waiting` is told what it is, once.
pub(super) fn block_on<T>(
    work: impl Future<Output = Result<T, Failure>>,
    doing: &RefCell<String>,
    waiting: &mut dyn FnMut(&str),
) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::server(format!("cannot open connections: {error}")))?;
    let done = runtime.block_on(async {
        let mut work = pin!(work);
        let mut told = String::new();
        loop {
            if let Ok(done) = timeout(SILENCE, work.as_mut()).await {
                return done;
            }
            let now = doing.borrow().clone();
            if told != now {
                waiting(&now);
                told = now;
            }
        }
    });
    // A look-up of a host's name cannot be called off: it is not waited for.
    runtime.shutdown_background();
    done
}

/// Connects within the data source's limit.
pub(super) async fn connect<O>(peer: Peer<'_>, options: &O, doing: &RefCell<String>) -> Result<O::Connection, Failure>
where
    O: ConnectOptions,
    O::Connection: Sized,
{
    doing.replace(format!("connecting to {}", peer.name()));
    let connecting = async {
        if let Place::Tcp(host, port) = &peer.target.place
            && tokio::net::lookup_host((host.as_str(), *port)).await.map_or(true, |mut found| found.next().is_none())
        {
            return Err(peer.unknown_host());
        }
        options.connect().await.map_err(|error| peer.failed(&error))
    };
    timeout(peer.target.connect, connecting).await.map_err(|_| peer.no_connection_in_time())?
}

/// The answer to a query, within the data source's limit.
pub(super) async fn rows<T>(
    peer: Peer<'_>,
    what: &str,
    doing: &RefCell<String>,
    query: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, Failure> {
    doing.replace(format!("reading {what} from {}", peer.name()));
    timeout(peer.target.answer, query).await.map_err(|_| peer.no_answer_in_time(what))?.map_err(|error| peer.failed(&error))
}

/// Says goodbye; a server that does not care to hear it is left.
pub(super) async fn close(connection: impl Connection) {
    let _ = timeout(SILENCE, connection.close()).await;
}
