//! Databases of a test's own: each in a new folder, on a free port, stopped when its value is dropped; a test that is killed
//! leaves none behind (see [`watched`]).
//!
//! Whoever is root starts them as `nobody`: PostgreSQL refuses root, and no server needs it.

#![allow(dead_code, missing_docs, unreachable_pub, clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::machine::{Temp, missing};
use super::servers::{free_port, watched};

/// `nobody` and `nogroup` of Debian.
const NOBODY: u32 = 65534;

/// So long may a server take to start, and to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
pub struct Server {
    /// A shell that ends the server when its standard input is closed.
    child: Child,
    dir: Temp,
    pub port: u16,
}

impl Server {
    /// Starts `command` and waits until `ready` says that it answers.
    fn start(mut command: Command, dir: Temp, port: u16, ready: impl Fn() -> bool) -> Self {
        let log = dir.path().join("log");
        let open = || fs::OpenOptions::new().create(true).append(true).open(&log).unwrap();
        command.stdin(Stdio::piped()).stdout(open()).stderr(open());
        let mut child = command.spawn().unwrap_or_else(|e| panic!("{command:?}: {e}"));
        let since = Instant::now();
        while !ready() {
            if child.try_wait().unwrap().is_some() || since.elapsed() > PATIENCE {
                let _ = child.kill();
                panic!("{command:?} does not answer:\n{}", fs::read_to_string(&log).unwrap_or_default());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Self { child, dir, port }
    }

    pub fn dir(&self) -> &Path {
        self.dir.path()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let since = Instant::now();
        while since.elapsed() < PATIENCE && self.child.try_wait().is_ok_and(|gone| gone.is_none()) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder for a server, which may write there, and who that is: a command made theirs.
fn home() -> (Temp, impl Fn(Command) -> Command) {
    let dir = Temp::new();
    let root = fs::metadata(dir.path()).unwrap().uid() == 0;
    if root {
        chown(dir.path(), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let here = dir.path().to_owned();
    let theirs = move |mut command: Command| {
        command.current_dir(&here).env("HOME", &here).env("TMPDIR", &here);
        if root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    };
    (dir, theirs)
}

/// Runs one step of setting a server up; it must succeed.
fn step(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{command:?}\n{}{}", text(&output.stdout), text(&output.stderr));
}

/// The first of these programs that there is; see [`missing`].
fn program(name: &str, folders: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::env::split_paths(&path).chain(folders.iter().map(PathBuf::from));
    let found = all.map(|dir| dir.join(name)).find(|path| path.is_file());
    if found.is_none() {
        missing(&format!("there is no `{name}`; `make tools` installs it"));
    }
    found
}

/// Runs asynchronous work of a test to its end.
fn wait_for<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

// --- MariaDB ---------------------------------------------------------------------------------------------------------

/// A MariaDB whose root has the password `se/c@ret`.
pub struct MariaDb {
    pub server: Server,
}

impl MariaDb {
    /// Started with further arguments; `None` where there is none on this machine, which was told.
    pub fn start(arguments: &[&str]) -> Option<Self> {
        let daemon = program("mariadbd", &["/usr/sbin", "/usr/local/sbin"])?;
        let install = program("mariadb-install-db", &["/usr/bin"])?;
        let (dir, theirs) = home();
        let data = dir.path().join("data");
        let at = |flag: &str, path: &Path| format!("--{flag}={}", path.display());
        step(
            theirs(Command::new(&install))
                .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
                .arg(at("datadir", &data)),
        );
        let port = free_port();
        let socket = dir.path().join("s");
        let mut start = theirs(watched(daemon.to_str().unwrap(), &[]));
        start.args(["--no-defaults", "--bind-address=127.0.0.1", "--character-set-server=utf8mb4", "--innodb-flush-log-at-trx-commit=0"]);
        start.args([at("datadir", &data), at("socket", &socket), at("pid-file", &dir.path().join("pid")), format!("--port={port}")]);
        // The password is set before anybody can connect.
        let init = dir.path().join("init.sql");
        fs::write(&init, "ALTER USER root@localhost IDENTIFIED BY 'se/c@ret';\n").unwrap();
        start.arg(at("init-file", &init)).args(arguments);
        let url = format!("root:se/c@ret@unix({})/mysql", socket.display());
        Some(Self { server: Server::start(start, dir, port, || mysql(&url, "SELECT 1").is_ok()) })
    }

    /// Its data source for a database, over TCP.
    pub fn url(&self, database: &str) -> String {
        format!("root:se/c@ret@tcp(127.0.0.1:{})/{database}", self.server.port)
    }

    /// The same over its socket.
    pub fn socket_url(&self, database: &str) -> String {
        format!("root:se/c@ret@unix({})/{database}", self.server.dir().join("s").display())
    }

    /// Runs statements in a database; what the server says is wrong with them.
    pub fn run(&self, database: &str, sql: &str) -> Result<(), String> {
        mysql(&self.socket_url(database), sql)
    }
}

fn mysql(url: &str, sql: &str) -> Result<(), String> {
    use sqlx::Connection;
    let (rest, database) = url.rsplit_once('/').unwrap();
    let socket = rest.split_once("unix(").unwrap().1.trim_end_matches(')');
    let options = sqlx::mysql::MySqlConnectOptions::new().socket(socket).username("root").password("se/c@ret").database(database);
    wait_for(async {
        let mut connection = sqlx::mysql::MySqlConnection::connect_with(&options).await.map_err(|e| e.to_string())?;
        let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut connection).await;
        let _ = connection.close().await;
        done.map(drop).map_err(|e| e.as_database_error().map_or_else(|| e.to_string(), |e| e.message().to_owned()))
    })
}

// --- PostgreSQL ------------------------------------------------------------------------------------------------------

/// A PostgreSQL whose `postgres` has the password `se/c@ret`.
pub struct Postgres {
    pub server: Server,
}

impl Postgres {
    /// Started with further arguments; `None` where there is none on this machine, which was told.
    pub fn start(arguments: &[&str]) -> Option<Self> {
        let versions = super::machine::folders(Path::new("/usr/lib/postgresql"));
        let folders: Vec<String> = versions.iter().rev().map(|dir| dir.join("bin").display().to_string()).collect();
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        let (daemon, install) = (program("postgres", &folders)?, program("initdb", &folders)?);
        let (dir, theirs) = home();
        let (data, password) = (dir.path().join("data"), dir.path().join("password"));
        fs::write(&password, "se/c@ret").unwrap();
        step(
            theirs(Command::new(&install))
                .args(["-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "-N", "-D"])
                .arg(&data)
                .arg("--pwfile")
                .arg(&password),
        );
        let port = free_port();
        let mut start = theirs(watched(daemon.to_str().unwrap(), &[]));
        start.arg("-D").arg(&data).arg("-k").arg(dir.path()).args([
            "-p",
            &port.to_string(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "fsync=off",
        ]);
        start.args(arguments);
        Some(Self { server: Server::start(start, dir, port, || postgres(port, "postgres", "SELECT 1").is_ok()) })
    }

    /// Its data source for a database, over TCP.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres:se%2Fc%40ret@127.0.0.1:{}/{database}", self.server.port)
    }

    /// Runs statements in a database; what the server says is wrong with them.
    pub fn run(&self, database: &str, sql: &str) -> Result<(), String> {
        postgres(self.server.port, database, sql)
    }
}

fn postgres(port: u16, database: &str, sql: &str) -> Result<(), String> {
    use sqlx::Connection;
    let options = sqlx::postgres::PgConnectOptions::new_without_pgpass().host("127.0.0.1").port(port).username("postgres");
    let options = options.password("se/c@ret").database(database).ssl_mode(sqlx::postgres::PgSslMode::Disable);
    wait_for(async {
        let mut connection = sqlx::postgres::PgConnection::connect_with(&options).await.map_err(|e| e.to_string())?;
        let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut connection).await;
        let _ = connection.close().await;
        done.map(drop).map_err(|e| e.as_database_error().map_or_else(|| e.to_string(), |e| e.message().to_owned()))
    })
}
