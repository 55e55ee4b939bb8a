//! The structs themselves. Names are goctl's (contract: rpc 10); behind them stand those of our own templates.

use crate::view::view;

view! {
    /// `user.proto` of `rpc new`, `rpc template` and `rpc -o`
    pub(super) struct Template {
        /// The proto package, and the last part of `go_package`.
        pub(super) package: String,
        /// The service.
        pub(super) serviceName: String,
    }

    /// `etc/user.yaml`
    pub(super) struct Etc {
        /// The service's name without `.rpc`.
        pub(super) serviceName: String,
        /// The name with `.rpc`, quoted where YAML would take it for something else.
        pub(super) name: String,
    }

    /// `internal/config/config.go`
    pub(super) struct Config {
        /// The import path of the service's directory.
        pub(super) root: String,
    }

    /// `internal/svc/servicecontext.go`
    pub(super) struct Svc {
        /// The import of the configuration's package.
        pub(super) imports: String,
    }

    /// `user.go`, the program.
    pub(super) struct Main {
        /// The name of the configuration file in `etc`, without `.yaml`, as it stands inside a Go string.
        pub(super) serviceName: String,
        /// The imports of the service's own packages and of protobuf's, a line each.
        pub(super) imports: String,
        /// What the first service's protobuf package is called here.
        pub(super) pkg: String,
        /// The services, in the order of the `.proto`.
        pub(super) serviceNames: Vec<Registered>,
    }

    /// A service as main registers it.
    pub(super) struct Registered {
        /// The name as protobuf has it: `pb.Register…Server`.
        pub(super) GRPCService: String,
        /// The name as the server's constructor has it: `server.New…Server`.
        pub(super) Service: String,
        /// What the server's package is called here.
        pub(super) ServerPkg: String,
        /// What its protobuf package is called here.
        pub(super) Pkg: String,
    }

    /// `internal/logic/getuserlogic.go`
    pub(super) struct Logic {
        /// The type.
        pub(super) logicName: String,
        /// The method: what `logic-func` makes.
        pub(super) functions: String,
        /// The package.
        pub(super) packageName: String,
        /// The imports of the service's own packages and of messages, a line each.
        pub(super) imports: String,
    }

    /// The method of a logic.
    pub(super) struct LogicFunc {
        /// The type.
        pub(super) logicName: String,
        /// The method.
        pub(super) method: String,
        /// Whether there is one request; else the client sends a stream.
        pub(super) hasReq: bool,
        /// The request, `*user.GetUserReq`.
        pub(super) request: String,
        /// Whether the method returns the response: neither side sends a stream.
        pub(super) hasReply: bool,
        /// The response, `*user.GetUserResp`.
        pub(super) response: String,
        /// The same without `*`.
        pub(super) responseType: String,
        /// Whether either side sends a stream.
        pub(super) stream: bool,
        /// The stream's type in a server, `user.User_WatchServer`.
        pub(super) streamBody: String,
        /// Whether there is a comment.
        pub(super) hasComment: bool,
        /// The comment above the method, as Go lines.
        pub(super) comment: String,
    }

    /// `internal/server/userserver.go`
    pub(super) struct Server {
        /// The comment lines that the file begins with.
        pub(super) head: String,
        /// What the server embeds, `user.UnimplementedUserServer`.
        pub(super) unimplementedServer: String,
        /// The server's type without `Server`.
        pub(super) server: String,
        /// All imports but `context`, a line each.
        pub(super) imports: String,
        /// The methods: what `server-func` makes.
        pub(super) funcs: String,
        /// Whether there is a method without a stream.
        pub(super) notStream: bool,
    }

    /// A method of a server.
    pub(super) struct ServerFunc {
        /// The server's type without `Server`.
        pub(super) server: String,
        /// The logic's type.
        pub(super) logicName: String,
        /// The method.
        pub(super) method: String,
        /// The request, `*user.GetUserReq`.
        pub(super) request: String,
        /// The response, `*user.GetUserResp`.
        pub(super) response: String,
        /// Whether there is a comment.
        pub(super) hasComment: bool,
        /// The comment above the method, as Go lines.
        pub(super) comment: String,
        /// Whether there is one request; else the client sends a stream.
        pub(super) hasReq: bool,
        /// Whether either side sends a stream.
        pub(super) stream: bool,
        /// Whether neither does.
        pub(super) notStream: bool,
        /// The stream's type in a server, `user.User_WatchServer`.
        pub(super) streamBody: String,
        /// What the logic's package is called here.
        pub(super) logicPkg: String,
    }

    /// `userclient/user.go`
    pub(super) struct Call {
        /// The file's name without `.go`.
        pub(super) name: String,
        /// Aliases of messages, a line each: `GetUserReq = user.GetUserReq`.
        pub(super) alias: String,
        /// The comment lines that the file begins with.
        pub(super) head: String,
        /// The package.
        pub(super) filePackage: String,
        /// The import of protobuf's package; empty where the client is part of it.
        pub(super) pbPackage: String,
        /// The same.
        pub(super) protoGoPackage: String,
        /// The imports of other messages, a line each.
        pub(super) extraImports: String,
        /// The interface.
        pub(super) serviceName: String,
        /// The methods: what `call-func` makes.
        pub(super) functions: String,
        /// The methods of the interface: what `call-interface-func` makes.
        pub(super) interface: String,
        /// Whether there is a method.
        pub(super) hasMethods: bool,
    }

    /// A method of a client.
    pub(super) struct CallFunc {
        /// The interface.
        pub(super) serviceName: String,
        /// The service as protobuf has it: `user.New…Client`.
        pub(super) rpcServiceName: String,
        /// The method.
        pub(super) method: String,
        /// What protobuf's package is called here.
        pub(super) package: String,
        /// The request, `GetUserReq` where it has an alias, else `common.Page`.
        pub(super) pbRequest: String,
        /// The response, likewise.
        pub(super) pbResponse: String,
        /// Whether there is a comment.
        pub(super) hasComment: bool,
        /// The comment above the method, as Go lines.
        pub(super) comment: String,
        /// Whether there is one request; else the client sends a stream.
        pub(super) hasReq: bool,
        /// Whether neither side sends a stream.
        pub(super) notStream: bool,
        /// The stream's type in a client, `user.User_WatchClient`.
        pub(super) streamBody: String,
        /// Whether the client is part of protobuf's package.
        pub(super) isCallPkgSameToGrpcPkg: bool,
    }

    /// A method of a client's interface.
    pub(super) struct CallInterfaceFunc {
        /// Whether there is a comment.
        pub(super) hasComment: bool,
        /// The comment above the method, as Go lines.
        pub(super) comment: String,
        /// The method.
        pub(super) method: String,
        /// Whether there is one request; else the client sends a stream.
        pub(super) hasReq: bool,
        /// The request, `GetUserReq` where it has an alias, else `common.Page`.
        pub(super) pbRequest: String,
        /// Whether neither side sends a stream.
        pub(super) notStream: bool,
        /// The response, likewise.
        pub(super) pbResponse: String,
        /// The stream's type in a client, `user.User_WatchClient`.
        pub(super) streamBody: String,
    }
}
