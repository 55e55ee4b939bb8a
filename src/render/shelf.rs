//! The built-in templates, embedded at compile time under their paths in `templates/`.

macro_rules! shelf {
    ($($name:literal,)+) => {
        /// Every built-in template: its name, `api/handler`, and its text.
        pub const SHELF: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../templates/", $name, ".tera")))),+];
    };
}

shelf! {
    "api/config",
    "api/context",
    "api/etc",
    "api/handler",
    "api/handler_test",
    "api/integration_test",
    "api/logic",
    "api/logic_test",
    "api/main",
    "api/middleware",
    "api/route-addition",
    "api/routes",
    "api/sse_handler",
    "api/sse_logic",
    "api/svc_test",
    "api/template",
    "api/types",
    "docker/docker",
    "docker/dockerignore",
    "gateway/etc",
    "gateway/main",
    "kube/deployment",
    "kube/job",
    "model/customized",
    "model/delete",
    "model/err",
    "model/field",
    "model/find-one",
    "model/find-one-by-field",
    "model/find-one-by-field-extra-method",
    "model/import",
    "model/import-no-cache",
    "model/insert",
    "model/interface-delete",
    "model/interface-find-one",
    "model/interface-find-one-by-field",
    "model/interface-insert",
    "model/interface-update",
    "model/model",
    "model/model-gen",
    "model/model-new",
    "model/table-name",
    "model/tag",
    "model/types",
    "model/update",
    "model/var",
    "mongo/err",
    "mongo/model",
    "mongo/model_custom",
    "mongo/model_types",
    "newapi/newtemplate",
    "rpc/call",
    "rpc/call-func",
    "rpc/call-interface-func",
    "rpc/config",
    "rpc/etc",
    "rpc/logic",
    "rpc/logic-func",
    "rpc/main",
    "rpc/server",
    "rpc/server-func",
    "rpc/svc",
    "rpc/template",
}

/// The text of a template.
pub fn get(name: &str) -> Option<&'static str> {
    SHELF.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
