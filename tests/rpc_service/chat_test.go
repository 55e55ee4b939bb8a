// Package client calls a generated server, which it finds through etcd, by the generated client.
package client

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/zeromicro/go-zero/core/discov"
	"github.com/zeromicro/go-zero/zrpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

	"ctl.test/chat/chatclient"
)

func dial(t *testing.T) chatclient.Chat {
	client, err := zrpc.NewClient(zrpc.RpcClientConf{
		Etcd:    discov.EtcdConf{Hosts: []string{os.Getenv("ETCD")}, Key: "chat.rpc"},
		Timeout: 5000,
	})
	require.NoError(t, err)
	return chatclient.NewChat(client)
}

func TestUnary(t *testing.T) {
	chat := dial(t)
	line, err := chat.Say(context.Background(), &chatclient.Line{Text: "hello", Number: 1})
	require.NoError(t, err)
	require.Equal(t, "hello", line.Text)
	_, err = chat.Nothing(context.Background(), &emptypb.Empty{})
	require.NoError(t, err)
}

func TestStatus(t *testing.T) {
	_, err := dial(t).Say(context.Background(), &chatclient.Line{})
	require.Equal(t, codes.InvalidArgument, status.Code(err))
	require.Contains(t, err.Error(), "nothing was said")
}

func TestDeadline(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	_, err := dial(t).Say(ctx, &chatclient.Line{Text: "slow", Number: 3000})
	require.Equal(t, codes.DeadlineExceeded, status.Code(err))
}

func TestServerStream(t *testing.T) {
	stream, err := dial(t).Repeat(context.Background(), &chatclient.Line{Text: "again", Number: 3})
	require.NoError(t, err)
	for i := range 3 {
		line, err := stream.Recv()
		require.NoError(t, err)
		require.Equal(t, int64(i), line.Number)
	}
	_, err = stream.Recv()
	require.ErrorIs(t, err, io.EOF)
}

func TestClientStream(t *testing.T) {
	stream, err := dial(t).CountLines(context.Background())
	require.NoError(t, err)
	for i := range 5 {
		require.NoError(t, stream.Send(&chatclient.Line{Text: fmt.Sprint(i)}))
	}
	count, err := stream.CloseAndRecv()
	require.NoError(t, err)
	require.Equal(t, int64(5), count.Lines)
}

func TestBothStream(t *testing.T) {
	stream, err := dial(t).Echo(context.Background())
	require.NoError(t, err)
	for i := range 3 {
		require.NoError(t, stream.Send(&chatclient.Line{Number: int64(i)}))
		line, err := stream.Recv()
		require.NoError(t, err)
		require.Equal(t, int64(i), line.Number)
	}
	require.NoError(t, stream.CloseSend())
	_, err = stream.Recv()
	require.ErrorIs(t, err, io.EOF)
}
