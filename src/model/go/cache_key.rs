//! Cache keys: goctl's bytes, since services made by either tool may share one Redis (contract: model 8).

use super::words::{kept, type_name};
use crate::naming::{camel, identifier, untitle};

/// What the names and the values of a table's keys begin with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    /// `--prefix`
    pub(super) prefix: &'a str,
    /// `--database`, or what a server says; empty for none.
    pub(super) database: &'a str,
    /// The table.
    pub(super) table: &'a str,
}

/// The key over some columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CacheKey {
    /// The variable that holds the prefix, `cacheUserIdPrefix`.
    pub(super) prefix_var: String,
    /// The prefix, `cache:user:id:`.
    pub(super) prefix: String,
    /// The variable that holds a key, `userIdKey`.
    pub(super) key_var: String,
}

impl CacheKey {
    /// The key over `columns`, in their order.
    pub(super) fn new(scope: Scope<'_>, columns: &[&str]) -> Self {
        // goctl keeps ASCII alone, so that tables of other letters share their keys; it makes no Go of most of them, and those
        // keep their letters.
        let is_goctls = type_name(scope.table) == camel(scope.table);
        let table = if is_goctls { identifier(scope.table) } else { kept(scope.table) };
        let safe = [identifier(scope.database), table];
        let place = safe.iter().map(String::as_str).filter(|part| !part.is_empty());
        let parts: Vec<&str> = place.chain(columns.iter().copied()).collect();
        let variable = |parts: &[&str]| identifier(&untitle(&parts.iter().map(|part| camel(part)).collect::<String>()));
        let all = [&[scope.prefix], parts.as_slice()].concat();
        let value: Vec<String> = all.iter().map(|part| untitle(&camel(part))).collect();
        Self {
            prefix_var: variable(&[all.as_slice(), &["prefix"]].concat()),
            prefix: value.join(":") + ":",
            key_var: variable(&[parts.as_slice(), &["key"]].concat()),
        }
    }

    /// The key itself, over finished Go expressions.
    pub(super) fn value(&self, expressions: &[String]) -> String {
        let format = vec!["%v"; expressions.len()].join(":");
        format!("fmt.Sprintf(\"%s{format}\", {}, {})", self.prefix_var, expressions.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(prefix: &str, database: &str, table: &str, columns: &[&str]) -> [String; 3] {
        let CacheKey { prefix_var, prefix, key_var } = CacheKey::new(Scope { prefix, database, table }, columns);
        [prefix_var, prefix, key_var]
    }

    /// The table of contract model 8.
    #[test]
    fn goctls_keys() {
        let rows: [([&str; 3], &[&str], [&str; 3]); 6] = [
            (
                ["svc", "mall_db", "shop_order"],
                &["tenant_id", "sku_code"],
                ["svcMallDbShopOrderTenantIdSkuCodePrefix", "svc:mallDb:shopOrder:tenantId:skuCode:", "mallDbShopOrderTenantIdSkuCodeKey"],
            ),
            (["cache", "", "user"], &["id"], ["cacheUserIdPrefix", "cache:user:id:", "userIdKey"]),
            (["cache", "public", "users"], &["id"], ["cachePublicUsersIdPrefix", "cache:public:users:id:", "publicUsersIdKey"]),
            (["my_app", "", "user"], &["id"], ["myAppUserIdPrefix", "myApp:user:id:", "userIdKey"]),
            (["app:v1", "", "user"], &["id"], ["app_v1UserIdPrefix", "app:v1:user:id:", "userIdKey"]),
            (["cache", "1gozero", "T_USER"], &["ID"], ["cache1GozeroTUSERIDPrefix", "cache:1Gozero:tUSER:iD:", "_1GozeroTUSERIDKey"]),
        ];
        for ([prefix, database, table], columns, expected) in rows {
            assert_eq!(key(prefix, database, table, columns), expected);
        }
    }

    #[test]
    fn tables_that_goctl_makes_no_go_of_have_keys_of_their_own() {
        assert_eq!(key("cache", "", "用户", &["id"])[1], "cache:用户:id:");
        assert_eq!(key("cache", "", "user-info", &["id"])[1], "cache:userInfo:id:");
        assert_eq!(key("cache", "", "user名", &["id"])[1], "cache:user:id:");
        assert_eq!(key("cache", "", "2fa", &["id"])[1], "cache:2Fa:id:");
    }

    #[test]
    fn values() {
        let key = CacheKey::new(Scope { prefix: "cache", database: "", table: "t" }, &["a", "b"]);
        assert_eq!(key.value(&["x".into(), "y".into()]), "fmt.Sprintf(\"%s%v:%v\", cacheTABPrefix, x, y)");
    }
}
