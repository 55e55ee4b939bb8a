//! The rules a diagnostic can name.

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal,)+) => {
        /// The rule a diagnostic is about. `docs/diagnostics.md` explains each with a wrong and a right snippet.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every rule, in the order of the documentation.
            pub const ALL: &'static [Code] = &[$(Code::$name),+];

            /// The name as printed: `duplicate_route`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $text,)+
                }
            }
        }
    };
}

codes! {
    /// An input file is missing, unreadable, too large or not UTF-8.
    UnreadableFile = "unreadable_file",
    /// The text is not of its grammar: `.api`, SQL of MySQL or MariaDB, YAML.
    SyntaxError = "syntax_error",
    /// Something nests deeper than the parser goes.
    NestingTooDeep = "nesting_too_deep",
    /// A form of older goctl versions; still understood.
    LegacyForm = "legacy_form",
    /// Blanks inside a route's path.
    BlankInPath = "blank_in_path",
    /// A file imports itself through others.
    ImportCycle = "import_cycle",
    /// Imports nest deeper than ctl follows.
    ImportTooDeep = "import_too_deep",
    /// An import that leads to no file.
    MissingImport = "missing_import",
    /// A file that no import could name.
    OutsideProtoPath = "outside_proto_path",
    /// A file whose name leads to another one.
    ShadowedFile = "shadowed_file",
    /// One file is imported twice.
    DuplicateImport = "duplicate_import",
    /// A second `syntax` or `info` in one file.
    DuplicateStatement = "duplicate_statement",
    /// Files of one API are written in different syntax versions.
    SyntaxVersion = "syntax_version",
    /// A key is given twice.
    DuplicateKey = "duplicate_key",
    /// A key that nothing reads.
    UnknownKey = "unknown_key",
    /// A value that its key cannot have.
    BadValue = "bad_value",
    /// An option that does not exist, or that cannot have that value.
    BadOption = "bad_option",
    /// The number of a field or of an enum's value that it cannot have.
    BadNumber = "bad_number",
    /// A name or number that is reserved.
    ReservedName = "reserved_name",
    /// What protobuf does not allow in a message, a field or an enum.
    BadDefinition = "bad_definition",
    /// protoc is needed, or has refused.
    Protoc = "protoc",
    /// A type is declared twice.
    DuplicateType = "duplicate_type",
    /// A declared type has the name of a base type.
    ShadowedType = "shadowed_type",
    /// A field is declared twice in one struct.
    DuplicateField = "duplicate_field",
    /// A type that is not declared anywhere.
    UnknownType = "unknown_type",
    /// A type that cannot stand where it stands.
    UnsupportedType = "unsupported_type",
    /// A type that contains itself by value.
    RecursiveType = "recursive_type",
    /// A tag that Go cannot read.
    MalformedTag = "malformed_tag",
    /// A tag with one key or name twice.
    DuplicateTag = "duplicate_tag",
    /// A path parameter without its field, or a field without its parameter.
    PathParameter = "path_parameter",
    /// Blocks of one API carry different service names.
    ServiceNames = "service_names",
    /// No service, or one without routes.
    MissingService = "missing_service",
    /// Several services, and no `-m`.
    SeveralServices = "several_services",
    /// A streaming route without a response.
    MissingResponse = "missing_response",
    /// A request that is not a declared type.
    RequestNotStruct = "request_not_struct",
    /// A handler whose name is nothing but its suffix.
    BadHandlerName = "bad_handler_name",
    /// Two routes with one method and path.
    DuplicateRoute = "duplicate_route",
    /// Two routes that differ only in the names of their parameters.
    AmbiguousRoute = "ambiguous_route",
    /// A method of a `.proto` service that a gateway has no route to, or another than its rule says.
    Unrouted = "unrouted",
    /// Two handlers of a group with one name.
    DuplicateHandler = "duplicate_handler",
    /// One name for two things that need two.
    DuplicateName = "duplicate_name",
    /// A group whose name Go gives a meaning of its own.
    BadGroup = "bad_group",
    /// A field that Go does not export.
    UnexportedField = "unexported_field",
    /// A method that go-zero's router does not take.
    UnsupportedMethod = "unsupported_method",
    /// A file that Go would pass over.
    IgnoredByGo = "ignored_by_go",
    /// A planned path that leaves its directory.
    OutsideRoot = "outside_root",
    /// Two things that would be one file.
    FileCollision = "file_collision",
    /// A `--style` that is none.
    BadStyle = "bad_style",
    /// A directory that was made with another `--style`.
    OtherStyle = "other_style",
    /// The module cannot be told, or not be named.
    BadModule = "bad_module",
    /// Something about the module or the workspace that is worth knowing.
    Module = "module",
    /// A kept file lacks what the generated ones use.
    MissingWiring = "missing_wiring",
    /// A kept function has another signature than the one its callers expect.
    ChangedSignature = "changed_signature",
    /// A file of an earlier run that nothing uses any more.
    OrphanFile = "orphan_file",
    /// Two files of one directory declare `main`.
    SecondMain = "second_main",
    /// A directory or a file that no program is built of.
    MissingMain = "missing_main",
    /// The configuration of a program cannot be told or copied, or was taken from several.
    ServiceConfig = "service_config",
    /// A configuration with a secret that everybody knows.
    PlaceholderSecret = "placeholder_secret",
    /// A name that no service can have.
    BadServiceName = "bad_service_name",
    /// A word that no Go type can be called.
    BadTypeName = "bad_type_name",
    /// A directory whose files would be of two packages.
    TwoPackages = "two_packages",
    /// A template that cannot be read or filled in.
    BadTemplate = "bad_template",
    /// A variable that a template reads and that does not exist.
    UnknownVariable = "unknown_variable",
    /// A template of a Go file makes something else.
    NotGo = "not_go",
    /// A `.proto` file that does not say what Go package it is.
    MissingGoPackage = "missing_go_package",
    /// A Go package that code cannot be written to, or that no code can import.
    BadGoPackage = "bad_go_package",
    /// An option of the protobuf plugins that does not work, or does not go with another.
    PluginOption = "plugin_option",
    /// A protobuf plugin that is not on this machine.
    MissingPlugin = "missing_plugin",
    /// A protobuf plugin that fails, or answers what no file can be made of.
    PluginFailed = "plugin_failed",
    /// A table or a column that no model can be made of.
    UnusableTable = "unusable_table",
    /// Migrations that are read in another order than their numbers'.
    FileOrder = "file_order",
    /// A statement on a table that no file creates.
    UnknownTable = "unknown_table",
    /// A change of a column that its table does not have, or a column of the command line that no table has.
    UnknownColumn = "unknown_column",
    /// A change of an index, a key or a constraint that its table does not have.
    UnknownIndex = "unknown_index",
    /// Columns that can be NULL and have a type that cannot hold it.
    NullDefault = "null_default",
    /// A type of a database that no types map knows.
    GuessedType = "guessed_type",
    /// Unsigned columns whose type has a sign.
    LostSign = "lost_sign",
    /// Columns whose type the driver cannot fill.
    UnreadableType = "unreadable_type",
    /// A flag's value that it cannot have, or that does not go with another's.
    FlagValue = "flag_value",
    /// An image whose name leads to another one tomorrow.
    FloatingImage = "floating_image",
    /// A word of the command line that nothing reads.
    UnreadWord = "unread_word",
    /// A template that no command reads.
    UnreadTemplate = "unread_template",
    /// A template home that cannot be read, or something about one that is worth knowing.
    TemplateHome = "template_home",
    /// A template of a home that the user changed, where ctl would replace or remove it.
    ChangedTemplate = "changed_template",
}
