// Models of a real database at work, through a real cache: nothing stale is ever read.
package service

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand"
	"os"
	"testing"

	"ctl.test/DATABASE/model"

	_ "github.com/lib/pq"
	"github.com/stretchr/testify/require"
	"github.com/zeromicro/go-zero/core/logx"
	"github.com/zeromicro/go-zero/core/stores/cache"
	"github.com/zeromicro/go-zero/core/stores/redis"
	"github.com/zeromicro/go-zero/core/stores/sqlx"
)

func TestMain(m *testing.M) {
	logx.Disable()
	os.Exit(m.Run())
}

func conn() sqlx.SqlConn {
	return sqlx.NewSqlConn(os.Getenv("DRIVER"), os.Getenv("SOURCE"))
}

func conf() cache.CacheConf {
	return cache.CacheConf{{RedisConf: redis.RedisConf{Host: os.Getenv("REDIS"), Type: "node"}, Weight: 100}}
}

// A world is two accounts as they must be, each with two mails that it may have.
type world struct {
	t     *testing.T
	model model.AccountModel
	ids   [2]int64
	have  [2]*model.Account
	calls int
	did   string
}

func (w *world) mail(row, which int) string {
	return fmt.Sprintf("%d:%c@example.com", w.ids[row], 'a'+which)
}

// What one account can be asked for or be told.
const calls = 6

func (w *world) call(row, call int) {
	ctx := context.Background()
	w.calls++
	have := w.have[row]
	w.did += fmt.Sprintf(" %s %d;", [calls]string{"insert", "update", "delete", "find", "find by a", "find by b"}[call], row)
	switch call {
	case 0:
		if have != nil {
			return
		}
		account := model.Account{Id: w.ids[row], Mail: w.mail(row, 0), Name: fmt.Sprint("new ", w.calls)}
		_, err := w.model.Insert(ctx, &account)
		require.NoError(w.t, err, w.did)
		w.have[row] = &account
	case 1:
		if have == nil {
			// Whether this is an error is goctl's to say; that it changes nothing is ours.
			_ = w.model.Update(ctx, &model.Account{Id: w.ids[row], Mail: w.mail(row, 1), Name: "nobody"})
			return
		}
		which := 0
		if have.Mail == w.mail(row, 0) {
			which = 1
		}
		account := model.Account{Id: w.ids[row], Mail: w.mail(row, which), Name: fmt.Sprint("changed ", w.calls)}
		require.NoError(w.t, w.model.Update(ctx, &account), w.did)
		w.have[row] = &account
	case 2:
		err := w.model.Delete(ctx, w.ids[row])
		if have != nil {
			require.NoError(w.t, err, w.did)
		}
		w.have[row] = nil
	case 3:
		found, err := w.model.FindOne(ctx, w.ids[row])
		w.is(have, found, err)
	default:
		mail := w.mail(row, call-4)
		found, err := w.model.FindOneByMail(ctx, mail)
		if have != nil && have.Mail != mail {
			have = nil
		}
		w.is(have, found, err)
	}
}

func (w *world) is(have, found *model.Account, err error) {
	if have == nil {
		require.ErrorIs(w.t, err, model.ErrNotFound, w.did)
		return
	}
	require.NoError(w.t, err, w.did)
	require.Equal(w.t, have, found, w.did)
}

// next is an id that no world had.
var next int64

func newWorld(t *testing.T, accounts model.AccountModel) *world {
	next += 2
	return &world{t: t, model: accounts, ids: [2]int64{next - 1, next}}
}

// Every order of four calls over two rows; the first is of the first row, since neither is special.
func TestOrders(t *testing.T) {
	accounts := model.NewAccountModel(conn(), conf())
	const all = 2 * calls
	for order := 0; order < calls*all*all*all; order++ {
		w := newWorld(t, accounts)
		w.call(0, order%calls)
		for rest := order / calls; w.calls < 4; rest /= all {
			w.call(rest%all/calls, rest%calls)
		}
	}
}

// Longer ones, always the same.
func TestSeeds(t *testing.T) {
	accounts := model.NewAccountModel(conn(), conf())
	random := rand.New(rand.NewSource(1))
	for i := 0; i < 300; i++ {
		w := newWorld(t, accounts)
		for j := 0; j < 20; j++ {
			w.call(random.Intn(2), random.Intn(calls))
		}
	}
}

// An id that the database chooses, asked for before it is there.
func TestNumbered(t *testing.T) {
	ctx := context.Background()
	tickets := model.NewTicketModel(conn(), conf())
	result, err := tickets.Insert(ctx, &model.Ticket{Code: "first"})
	require.NoError(t, err)
	first, err := result.LastInsertId()
	require.NoError(t, err)
	_, err = tickets.FindOne(ctx, first+1)
	require.ErrorIs(t, err, model.ErrNotFound)
	_, err = tickets.FindOneByCode(ctx, "second")
	require.ErrorIs(t, err, model.ErrNotFound)
	_, err = tickets.Insert(ctx, &model.Ticket{Code: "second", Note: sql.NullString{String: "n", Valid: true}})
	require.NoError(t, err)
	found, err := tickets.FindOne(ctx, first+1)
	require.NoError(t, err)
	require.Equal(t, "second", found.Code)
	again, err := tickets.FindOneByCode(ctx, "second")
	require.NoError(t, err)
	require.Equal(t, found, again)
	require.NoError(t, tickets.Delete(ctx, first+1))
	_, err = tickets.FindOneByCode(ctx, "second")
	require.ErrorIs(t, err, model.ErrNotFound)
}

// A key of two columns, and a unique column beside it.
func TestTwoColumns(t *testing.T) {
	ctx := context.Background()
	seats := model.NewSeatModel(conn(), conf())
	for place := int64(1); place <= 3; place++ {
		_, err := seats.FindOne(ctx, 1, place)
		require.ErrorIs(t, err, model.ErrNotFound)
		holder := fmt.Sprint("holder ", place)
		_, err = seats.FindOneByHolder(ctx, holder)
		require.ErrorIs(t, err, model.ErrNotFound)
		_, err = seats.Insert(ctx, &model.Seat{RowNo: 1, Place: place, Holder: holder})
		require.NoError(t, err)
		for range 2 {
			found, err := seats.FindOneByHolder(ctx, holder)
			require.NoError(t, err)
			require.Equal(t, place, found.Place)
		}
		seat := model.Seat{RowNo: 1, Place: place, Holder: holder + " too"}
		require.NoError(t, seats.Update(ctx, &seat))
		_, err = seats.FindOneByHolder(ctx, holder)
		require.ErrorIs(t, err, model.ErrNotFound)
		found, err := seats.FindOne(ctx, 1, place)
		require.NoError(t, err)
		require.Equal(t, &seat, found)
		require.NoError(t, seats.Delete(ctx, 1, place))
		_, err = seats.FindOneByHolder(ctx, seat.Holder)
		require.ErrorIs(t, err, model.ErrNotFound)
	}
}
