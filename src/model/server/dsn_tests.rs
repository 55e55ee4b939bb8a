use super::*;

/// User, password, place, database.
fn said(target: &Target) -> (Option<&str>, Option<&str>, String, &str) {
    (target.user.as_deref(), target.password.as_ref().map(|p| p.0.as_str()), target.place.to_string(), target.database.as_str())
}

#[test]
fn go_dsns_as_the_driver_reads_them() {
    let rows = [
        ("root:secret@tcp(127.0.0.1:3306)/shop", (Some("root"), Some("secret"), "127.0.0.1:3306", "shop")),
        ("root@tcp(db.internal)/shop?charset=utf8mb4&parseTime=true", (Some("root"), None, "db.internal:3306", "shop")),
        ("root:@/shop", (Some("root"), Some(""), "127.0.0.1:3306", "shop")),
        ("@/shop", (Some(""), None, "127.0.0.1:3306", "shop")),
        ("/shop", (None, None, "127.0.0.1:3306", "shop")),
        ("u:p@tcp/shop", (Some("u"), Some("p"), "127.0.0.1:3306", "shop")),
        ("u:p@(h:1)/shop", (Some("u"), Some("p"), "h:1", "shop")),
        ("u:p@unix(/run/my.sock)/shop", (Some("u"), Some("p"), "/run/my.sock", "shop")),
        ("u:p@tcp([::1]:3307)/shop", (Some("u"), Some("p"), "[::1]:3307", "shop")),
        ("u:p@tcp6([fe80::1])/shop", (Some("u"), Some("p"), "[fe80::1]:3306", "shop")),
        ("u:a@b/c:d(e)?f@tcp(h:1)/shop", (Some("u"), Some("a@b/c:d(e)?f"), "h:1", "shop")),
        ("u:p@tcp(h:1)/my%2Fshop", (Some("u"), Some("p"), "h:1", "my/shop")),
        // Go refuses a parameter with a slash; goctl any parameter at all.
        ("u:p@tcp(h:1)/shop?loc=Asia/Shanghai&x=a@b/c", (Some("u"), Some("p"), "h:1", "shop")),
        ("mysql://u:p@h:1/shop?tls=preferred", (Some("u"), Some("p"), "h:1", "shop")),
        ("mysql://u:p%40%2F%3A@[::1]/shop", (Some("u"), Some("p@/:"), "[::1]:3306", "shop")),
        ("mysql://u:a@b/c:d@h/shop", (Some("u"), Some("a@b/c:d"), "h:3306", "shop")),
        ("mysql://h/shop", (None, None, "h:3306", "shop")),
    ];
    for (text, (user, password, place, database)) in rows {
        let target = mysql(text).unwrap_or_else(|failure| panic!("{text}: {failure:?}"));
        assert_eq!(said(&target), (user, password, place.to_owned(), database), "{text}");
    }
}

#[test]
fn parameters_that_matter_are_read() {
    let target = mysql("u:p@tcp(h)/shop?tls=true&timeout=1500ms&readTimeout=2m&allowCleartextPasswords=true&sql_mode=x").unwrap();
    assert_eq!((target.tls, target.cleartext), (Some(Tls::VerifyFull), true));
    assert_eq!((target.connect, target.answer), (Duration::from_millis(1500), Duration::from_secs(120)));
    let target = mysql("u:p@tcp(h)/shop?timeout=0s&tls=skip-verify").unwrap();
    assert_eq!((target.tls, target.connect), (Some(Tls::Require), CONNECT));
    let target = postgres("postgres://u@h/shop?sslmode=verify-ca&sslrootcert=/ca.pem&connect_timeout=3&search_path=a").unwrap();
    assert_eq!((target.tls, target.connect), (Some(Tls::VerifyCa), Duration::from_secs(3)));
    assert_eq!(target.certificates[0].as_deref(), Some(std::path::Path::new("/ca.pem")));
}

#[test]
fn postgres_takes_urls_and_words() {
    let rows = [
        ("postgres://u:p@h:1/shop?sslmode=disable", (Some("u"), Some("p"), "h:1", "shop")),
        ("postgresql://u:p%40ss@[::1]:5433/shop", (Some("u"), Some("p@ss"), "[::1]:5433", "shop")),
        ("postgres://u:p@a:1,b:2/shop", (Some("u"), Some("p"), "a:1", "shop")),
        ("postgres://u:p@/shop?host=/run/postgresql", (Some("u"), Some("p"), "/run/postgresql", "shop")),
        ("postgres://u:p@%2Frun%2Fpostgresql/shop", (Some("u"), Some("p"), "/run/postgresql", "shop")),
        ("postgres:///shop", (None, None, "its default address", "shop")),
        ("host=h port=1 user=u password='a\\'b c' dbname=shop sslmode=disable", (Some("u"), Some("a'b c"), "h:1", "shop")),
        ("user = u  dbname=shop password=a\\ b", (Some("u"), Some("a b"), "its default address", "shop")),
        ("password='' host=::1", (None, Some(""), "[::1]:5432", "")),
    ];
    for (text, (user, password, place, database)) in rows {
        let target = postgres(text).unwrap_or_else(|failure| panic!("{text}: {failure:?}"));
        assert_eq!(said(&target), (user, password, place.to_owned(), database), "{text}");
    }
}

#[test]
fn what_does_not_read_is_told_without_the_text() {
    let rows = [
        ("sesame", "the data source has no `/` in front of the database"),
        ("u:sesame@tcp(h:1)shop", "the data source has no `/` in front of the database"),
        ("u:sesame@127.0.0.1:3306/shop", "the address in the data source has no `tcp(…)` around it"),
        ("u:sesame/shop", "the address in the data source has no `tcp(…)` around it"),
        ("u:sesame@cloudsql(a:b)/shop", "the network in the data source is neither `tcp` nor `unix`"),
        ("u:sesame@tcp(h:1/shop", "the `(` in the data source is not closed"),
        ("u:sesame@tcp(h:1) /shop", "the address in the data source has more between its `)` and the `/`"),
        ("postgres://u:sesame@h/shop", "the data source is one of PostgreSQL"),
        ("host=h password=sesame dbname=shop", "the data source is one of PostgreSQL"),
        ("jdbc:mysql://u:sesame@h/shop", "the data source is a URL that does not begin with `mysql://`"),
        ("mariadb://u:sesame@h/shop", "the data source is a URL that does not begin with `mysql://`"),
        ("u:sesame@tcp(h:sesame)/shop", "the port in the data source is no number from 1 to 65535"),
        ("u:sesame@tcp(h:0)/shop", "the port in the data source is no number from 1 to 65535"),
        ("u:sesame@tcp(h:1)/", "the data source names no database"),
        ("u:sesame@tcp(h:1)/shop?tls=sesame", "`tls` in the data source names a configuration that only a Go program has"),
        ("u:sesame@tcp(h:1)/shop?timeout=sesame", "`timeout` in the data source is no duration"),
        ("u:sesame@tcp(h:1)/shop?timeout=-1s", "`timeout` in the data source is no duration"),
        ("mysql://u:sesame@h x/shop", "the host in the data source holds a character that no host has"),
        ("mysql://u:sesame@tcp(h:1)/shop", "the address in a URL has no `tcp(…)` around it"),
        ("mysql://u:sesame@h/shop/more", "what follows the address in the URL is not the name of one database"),
        ("mysql://u:sesame@h/", "the data source names no database"),
    ];
    for (text, message) in rows {
        let failure = mysql(text).unwrap_err();
        assert_eq!((failure.message.as_str(), failure.unable), (message, false), "{text}");
        assert!(!format!("{failure:?}").contains("sesame"), "{failure:?}");
    }
    let rows = [
        ("sesame", "the data source is neither a URL nor `key=value`"),
        ("password='sesame", "a value in the data source is not closed"),
        ("host=h password=sesame\\", "a value in the data source is not closed"),
        ("host=h password=a sesame", "the data source has a word that is not `key=value`"),
        ("u:sesame@tcp(h:1)/shop?parseTime=true", "the data source is one of MySQL"),
        ("mysql://u:sesame@h/shop", "the data source is one of MySQL"),
        ("jdbc:postgresql://u:sesame@h/shop", "the data source is a URL that does not begin with `postgres://`"),
        ("host=h port=sesame", "the port in the data source is no number from 1 to 65535"),
        ("host=h sslmode=sesame", "`sslmode` in the data source is none that there is"),
        ("host=h connect_timeout=sesame", "`connect_timeout` in the data source is no number of seconds"),
        ("postgres://u:sesame@h x/shop", "the host in the data source holds a character that no host has"),
    ];
    for (text, message) in rows {
        let failure = postgres(text).unwrap_err();
        assert_eq!((failure.message.as_str(), failure.unable), (message, false), "{text}");
        assert!(!format!("{failure:?}").contains("sesame"), "{failure:?}");
    }
    assert!(!format!("{:?}", mysql("u:sesame@/shop").unwrap()).contains("sesame"));
}
