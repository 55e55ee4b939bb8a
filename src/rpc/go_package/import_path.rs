//! Import paths as text.

/// Go's `path.Clean`: no `.`, no empty part, `..` only at the front.
pub(super) fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            ".." if rooted => {}
            part => parts.push(part),
        }
    }
    match (rooted, parts.join("/").as_str()) {
        (true, path) => format!("/{path}"),
        (false, "") => ".".to_owned(),
        (false, path) => path.to_owned(),
    }
}

/// Whether the path says where a directory lies, and Go code cannot import it as it is.
pub(super) fn is_relative(path: &str) -> bool {
    path.starts_with('/') || path.split('/').next().is_some_and(|first| matches!(first, "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cleaned_as_go_cleans_them() {
        for (path, cleaned) in
            [("./pb", "pb"), (".", "."), ("", "."), ("a//b/./c/", "a/b/c"), ("a/../..", ".."), ("/a/../../b", "/b"), ("../x", "../x")]
        {
            assert_eq!(clean(path), cleaned, "{path}");
        }
    }

    #[test]
    fn relative_paths() {
        for path in [".", "./pb", "../pb", "/pb"] {
            assert!(is_relative(path), "{path}");
        }
        for path in ["pb/x", "example.com/pb", ".x/pb"] {
            assert!(!is_relative(path), "{path}");
        }
    }
}
