//! Generated services as their users have them: the logic filled in, built, started, asked over HTTP.

#![allow(dead_code, unreachable_pub, missing_docs, clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

/// Writes `code` in place of the line with the TODO of a new Go file and all that follows it, with further imports.
pub fn fill(path: &Path, imports: &[&str], code: &str) {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let (head, _) = text.split_once("// TODO").unwrap_or_else(|| panic!("{}: no TODO in\n{text}", path.display()));
    let imports: String = imports.iter().map(|import| format!("import \"{import}\"\n")).collect();
    let head = head.replacen("import ", &format!("{imports}import "), 1);
    fs::write(path, format!("{head}{code}")).unwrap();
}

/// A running service; it ends with the test.
pub struct Service {
    child: Child,
    pub port: u16,
    log: PathBuf,
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Service {
    /// Starts a program with the text of its configuration, and waits until it listens on `port`. Configuration and logs
    /// stand beside it.
    pub fn start(program: &Path, config: &str, port: u16) -> Self {
        let beside = |end: &str| PathBuf::from(format!("{}.{end}", program.display()));
        fs::write(beside("yaml"), config).unwrap();
        let mut command = Command::new(program);
        command.arg("-f").arg(beside("yaml"));
        Self::listening(command, beside("log"), port)
    }

    /// Starts a command, which must be the service itself and no shell around it, and waits until it listens on `port`.
    pub fn listening(mut command: Command, log: PathBuf, port: u16) -> Self {
        let to_log = || Stdio::from(fs::File::options().create(true).append(true).open(&log).unwrap());
        command.stdin(Stdio::null()).stdout(to_log()).stderr(to_log());
        let mut service = Self { child: command.spawn().unwrap(), port, log };
        for _ in 0..600 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return service;
            }
            assert!(service.child.try_wait().unwrap().is_none(), "the service ended: {}", service.logs());
            sleep(Duration::from_millis(50));
        }
        panic!("nothing listens at port {port}: {}", service.logs());
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// All it has said.
    pub fn logs(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Its answer to a request with a JSON body, or none where that is empty.
    pub fn ask(&self, method: &str, path: &str, token: Option<&str>, body: &str) -> Answer {
        ask(self.port, method, path, token, body)
    }
}

/// The same of whoever listens on the port.
pub fn ask(port: u16, method: &str, path: &str, token: Option<&str>, body: &str) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    if let Some(token) = token {
        request.push_str(&format!("Authorization: Bearer {token}\r\n"));
    }
    if !body.is_empty() {
        request.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
    }
    // A server that has seen enough may close before all of a body is sent.
    let _ = stream.write_all(format!("{request}\r\n{body}").as_bytes());
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    Answer::read(&String::from_utf8(bytes).unwrap()).unwrap_or_else(|| panic!("{method} {path}: no answer"))
}

#[derive(Debug)]
pub struct Answer {
    pub code: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    fn read(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let code = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        Some(Self { code, headers, body: body.to_owned() })
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }
}
