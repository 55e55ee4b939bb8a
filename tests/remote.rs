//! `--remote` against real repositories on this disk: branches, moves, failures, runs at the same time.

// Tests start processes and build and inspect real folders.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ctl::diagnostic::Report;
use ctl::render::home::{Home, NoHome, Places};
use ctl::source::Sources;
use support::machine::{Temp, ctl, need, run};

fn git(dir: &Path, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(dir).args(["-c", "user.name=Gopher", "-c", "user.email=gopher@example.com", "-c", "commit.gpgsign=false"]);
    let ran = run(command.env("GIT_CONFIG_NOSYSTEM", "1").args(args), b"");
    assert_eq!(ran.code, 0, "git {args:?}\n{}{}", ran.out, ran.err);
    ran.out
}

/// A repository with a template of this text on its branch `main`; a second file says the same.
fn repository(dir: &Path, text: &str) -> PathBuf {
    let repo = dir.join("team.git");
    fs::create_dir_all(repo.join("api")).unwrap();
    git(&repo, &["init", "--quiet"]);
    git(&repo, &["symbolic-ref", "HEAD", "refs/heads/main"]);
    commit(&repo, text);
    repo
}

fn commit(repo: &Path, text: &str) {
    for name in ["handler.tpl", "logic.tpl"] {
        fs::write(repo.join("api").join(name), text).unwrap();
    }
    git(repo, &["add", "."]);
    git(repo, &["commit", "--quiet", "--allow-empty", "-m", text]);
}

fn places(cache: &Path, url: &str, branch: &str) -> Places {
    Places { remote: Some(url.into()), branch: Some(branch.into()), cache: Some(cache.into()), ..Places::default() }
}

/// The texts of the two templates, or why there is no home and what was said.
fn texts(places: &Places) -> Result<[String; 2], (NoHome, String)> {
    let (mut sources, mut report) = (Sources::default(), Report::new());
    match Home::find(places, &sources, &mut report) {
        Ok(mut home) => Ok(["api/handler", "api/logic"].map(|name| {
            let found = home.get(name, &mut sources, &mut report);
            found.map_or(String::new(), |found| sources.text(found.file).to_owned())
        })),
        Err(no_home) => Err((no_home, report.render(&sources, false))),
    }
}

fn same(text: &str) -> Result<[String; 2], (NoHome, String)> {
    Ok([text.to_owned(), text.to_owned()])
}

#[test]
fn a_repository_is_a_home_and_each_run_sees_it_as_it_is() {
    if !need("git") {
        return;
    }
    let temp = Temp::new();
    let (repo, cache) = (repository(temp.path(), "one"), temp.path().join("cache"));
    let path = repo.to_str().unwrap().to_owned();
    for url in [path.clone(), format!("file://{path}"), path.strip_suffix(".git").unwrap().to_owned()] {
        assert_eq!(texts(&places(&cache, &url, "")), same("one"), "{url}");
    }
    // A branch of its own, which then moves; the other is not touched by it.
    git(&repo, &["checkout", "--quiet", "-b", "feat/two"]);
    commit(&repo, "two");
    assert_eq!(texts(&places(&cache, &path, "feat/two")), same("two"));
    commit(&repo, "three");
    git(&repo, &["commit", "--quiet", "--amend", "-m", "rewritten"]);
    assert_eq!(texts(&places(&cache, &path, "feat/two")), same("three"));
    assert_eq!(texts(&places(&cache, &path, "main")), same("one"));
    // HEAD is what the repository shows; here that is another branch by now.
    assert_eq!(texts(&places(&cache, &path, "")), same("three"));
    // A file that is gone there is gone here.
    fs::remove_file(repo.join("api/logic.tpl")).unwrap();
    git(&repo, &["commit", "--quiet", "-am", "less"]);
    assert_eq!(texts(&places(&cache, &path, "")), Ok(["three".to_owned(), String::new()]));
    // A tag is taken as git does; a branch of the same name goes before it.
    git(&repo, &["tag", "-a", "-m", "v1", "v1", "main"]);
    assert_eq!(texts(&places(&cache, &path, "v1")), same("one"));
    git(&repo, &["branch", "v1", "feat/two~1"]);
    assert_eq!(texts(&places(&cache, &path, "v1")), same("three"));
}

#[test]
fn what_cannot_be_fetched_is_an_error_in_the_words_of_git() {
    if !need("git") {
        return;
    }
    let temp = Temp::new();
    let (repo, cache) = (repository(temp.path(), "one"), temp.path().join("cache"));
    let url = repo.to_str().unwrap();
    let wrong = |url: &str, branch: &str, words: &str| {
        let (no_home, said) = texts(&places(&cache, url, branch)).unwrap_err();
        assert_eq!(no_home, NoHome::Wrong);
        assert!(said.starts_with("error[template_home]: ") && said.contains(words), "{said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    };
    wrong(url, "nowhere", "(branch nowhere): fatal: couldn't find remote ref refs/heads/nowhere");
    wrong(url, "a:b", "this is not the name of a branch");
    wrong("--upload-pack=touch", "", "does not appear to be a git repository");
    wrong("ext::sh -c touch", "", "not allowed");
    wrong("nowhere://me:secret@host/a.git", "", "nowhere://***@host/a.git: the templates cannot be fetched");
    let empty = temp.path().join("empty");
    fs::create_dir(&empty).unwrap();
    git(&empty, &["init", "--quiet"]);
    wrong(empty.to_str().unwrap(), "", "couldn't find remote ref HEAD");
    // A clone of an earlier run is no answer once its repository is gone, and is one again when that is back.
    assert_eq!(texts(&places(&cache, url, "")), same("one"));
    fs::rename(&repo, temp.path().join("moved")).unwrap();
    wrong(url, "", "does not appear to be a git repository");
    fs::rename(temp.path().join("moved"), &repo).unwrap();
    assert_eq!(texts(&places(&cache, url, "")), same("one"));
}

#[test]
fn what_a_killed_run_left_is_made_anew() {
    if !need("git") {
        return;
    }
    let temp = Temp::new();
    let (repo, cache) = (repository(temp.path(), "one"), temp.path().join("cache"));
    let places = places(&cache, repo.to_str().unwrap(), "");
    assert_eq!(texts(&places), same("one"));
    let entries: Vec<PathBuf> = fs::read_dir(cache.join("templates")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [clone, lock] = ["", "lock"].map(|end| entries.iter().find(|path| path.extension().unwrap_or_default() == end).unwrap());
    fs::write(lock, "").unwrap();
    fs::remove_file(clone.join(".git/HEAD")).unwrap();
    fs::write(clone.join(".git/index.lock"), "").unwrap();
    assert_eq!(texts(&places), same("one"));
}

#[test]
fn runs_at_the_same_time_each_see_one_state_whole() {
    if !need("git") {
        return;
    }
    let temp = Temp::new();
    let (repo, cache) = (repository(temp.path(), "0"), temp.path().join("cache"));
    let places = places(&cache, repo.to_str().unwrap(), "");
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4).map(|_| scope.spawn(|| (0..5).map(|_| texts(&places)).collect::<Vec<_>>())).collect();
        for n in 1..6 {
            commit(&repo, &n.to_string());
        }
        for reader in readers {
            for seen in reader.join().unwrap() {
                let [handler, logic] = seen.unwrap_or_else(|(_, said)| panic!("{said}"));
                assert!(!handler.is_empty() && handler == logic, "{handler:?} {logic:?}");
            }
        }
    });
    assert_eq!(texts(&places), same("5"));
}

/// Run by the test below, in an environment as a hook of git has it.
#[test]
#[ignore = "part of another test"]
fn in_a_hook() {
    let var = |name: &str| std::env::var(name).unwrap();
    assert_eq!(texts(&places(Path::new(&var("CACHE")), &var("URL"), "")), same("one"));
}

#[test]
fn a_run_within_a_hook_of_git_leaves_that_repository_alone() {
    if !need("git") {
        return;
    }
    let temp = Temp::new();
    let repo = repository(temp.path(), "one");
    let own = temp.path().join("own");
    fs::create_dir(&own).unwrap();
    git(&own, &["init", "--quiet"]);
    fs::write(own.join("mine"), "mine").unwrap();
    git(&own, &["add", "."]);
    git(&own, &["commit", "--quiet", "-m", "mine"]);
    fs::write(own.join("mine"), "changed").unwrap();
    let before = git(&own, &["status", "--porcelain", "--branch"]);
    let mut hook = Command::new(std::env::current_exe().unwrap());
    hook.current_dir(&own).args(["--exact", "in_a_hook", "--ignored"]);
    hook.env("GIT_DIR", own.join(".git")).env("GIT_WORK_TREE", &own).env("GIT_INDEX_FILE", own.join(".git/index"));
    // The cache stands inside that repository, too.
    let ran = run(hook.env("CACHE", own.join(".git/cache")).env("URL", &repo), b"");
    assert!(ran.code == 0 && ran.out.contains("1 passed"), "{}{}", ran.out, ran.err);
    assert_eq!(git(&own, &["status", "--porcelain", "--branch"]), before);
    assert_eq!(fs::read_to_string(own.join("mine")).unwrap(), "changed");
}

#[test]
fn what_the_machine_lacks_is_told_and_is_not_the_users_mistake() {
    let temp = Temp::new();
    let (dir, home) = (temp.path().join("dir"), temp.path().join("home"));
    fs::create_dir(&dir).unwrap();
    fs::create_dir(&home).unwrap();
    fs::write(home.join(".cache"), "a file").unwrap();
    let told = |change: &dyn Fn(&mut Command), words: &str| {
        let mut command = ctl(&dir, &home);
        change(command.args(["api", "-o", "a.api", "--remote", "https://host.invalid/a.git"]));
        let ran = run(&mut command, b"");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.starts_with("error[template_home]: ") && ran.err.contains(words), "{}", ran.err);
        assert!(!dir.join("a.api").exists());
    };
    let cache = temp.path().join("cache");
    told(&|command| _ = command.env("PATH", "").env("XDG_CACHE_HOME", &cache), "--remote needs git: there is no `git` in the path");
    told(&|_| {}, "the clone cannot be kept: ");
    told(&|command| _ = command.env_remove("HOME"), "this machine names none");
}
