//! Servers for a test's own use: each on a free port, with its data in a folder of its own, gone when the test is.
//!
//! A server that is not on this machine is a reason to skip (see `machine::missing`). A test that is killed leaves none
//! behind for long: what reads its standard input ends with it, and the others have a shell that does.

#![allow(dead_code, unreachable_pub, missing_docs, clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used)]

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use super::machine::{Temp, missing, need, package};

/// So long may a server take until it answers.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
pub struct Server {
    /// What clients are told: a URI, or `host:port`.
    pub address: String,
    process: Child,
    /// Held open: the process ends when it is closed.
    stdin: Option<ChildStdin>,
    /// Its data; the last to go.
    dir: Temp,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let start = Instant::now();
        while start.elapsed() < PATIENCE && self.process.try_wait().is_ok_and(|ended| ended.is_none()) {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// The folder of its data.
    pub fn dir(&self) -> &Temp {
        &self.dir
    }
}

/// A port that nobody listens on. Somebody else may take it before a server does; then the server does not start.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Starts a program that ends with its standard input by itself. `ready` waits until it can be used, and says its address.
fn start(command: &mut Command, dir: Temp, ready: impl FnOnce(&mut Child) -> String) -> Server {
    let shown = format!("{command:?}");
    let mut process = command.current_dir(dir.path()).stdin(Stdio::piped()).spawn().unwrap_or_else(|e| panic!("{shown}: {e}"));
    let stdin = process.stdin.take().unwrap();
    let address = ready(&mut process);
    Server { address, process, stdin: Some(stdin), dir }
}

/// A program that does not look at its standard input, behind a shell that does: when that is closed, both end; when the
/// program ends, so does the shell.
pub fn watched(program: &str, args: &[&str]) -> Command {
    const SCRIPT: &str =
        "exec 3<&0; \"$@\" </dev/null 3<&- & server=$!; (cat <&3 >/dev/null; kill $server 2>/dev/null) & exec 3<&-; wait $server";
    let mut command = Command::new("sh");
    command.args(["-c", SCRIPT, "sh", program]).args(args);
    command
}

/// Waits until somebody listens on the port.
pub fn wait_for(port: u16, process: &mut Child) {
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(process.try_wait().unwrap().is_none(), "the server on port {port} ended at once");
        assert!(start.elapsed() < PATIENCE, "the server on port {port} does not answer");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Redis, without files; `host:port`.
pub fn redis() -> Option<Server> {
    if !need("redis-server") {
        return None;
    }
    let port = free_port();
    let port_word = port.to_string();
    let args = ["--port", &port_word, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    let mut command = watched("redis-server", &args);
    command.stdout(Stdio::null());
    Some(start(&mut command, Temp::new(), |process| {
        wait_for(port, process);
        format!("127.0.0.1:{port}")
    }))
}

/// etcd, where zRPC services find each other; `host:port`.
pub fn etcd() -> Option<Server> {
    if !need("etcd") {
        return None;
    }
    let (dir, ports) = (Temp::new(), [free_port(), free_port()]);
    let [client, peer] = ports.map(|port| format!("http://127.0.0.1:{port}"));
    let args = ["--listen-client-urls", &client, "--advertise-client-urls", &client, "--listen-peer-urls", &peer];
    let mut command = watched("etcd", &args);
    command.args(["--initial-advertise-peer-urls", &peer, "--initial-cluster", &format!("default={peer}"), "--data-dir"]);
    command.arg(dir.path().join("data")).stdout(Stdio::null()).stderr(Stdio::null());
    Some(start(&mut command, dir, |process| {
        wait_for(ports[0], process);
        format!("127.0.0.1:{}", ports[0])
    }))
}

/// A server that speaks MongoDB's protocol; its URI.
pub fn mongodb() -> Option<Server> {
    let program = package().join("target/tools/ferretdb");
    if !program.is_file() {
        missing("there is no FerretDB; `make tools` builds it");
        return None;
    }
    let dir = Temp::new();
    let mut command = Command::new(program);
    command.arg(dir.path()).stdout(Stdio::piped());
    Some(start(&mut command, dir, |process| {
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        line.trim().to_owned()
    }))
}
