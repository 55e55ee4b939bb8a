// Models of a real database at work, through a real cache: nothing stale is ever read.
package service

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand"
	"os"
	"strings"
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

// A row of each table that a world can be made of.
type row struct {
	id         int64
	mail, name string
}

// A table is a model as a world calls it: each has rows with an id, a unique mail and a name.
type table struct {
	insert, update func(ctx context.Context, given row) error
	delete         func(ctx context.Context, id int64) error
	find           func(ctx context.Context, id int64) (*row, error)
	findBy         func(ctx context.Context, mail string) (*row, error)
}

// The tables by name: the mail is a column of its own; the database makes it of another one; it is unique together with a
// column that no insert writes, which is always 7.
func tables() map[string]table {
	accounts := model.NewAccountModel(conn(), conf())
	account := func(found *model.Account, err error) (*row, error) {
		if err != nil {
			return nil, err
		}
		return &row{found.Id, found.Mail, found.Name}, nil
	}
	aliases := model.NewAliasModel(conn(), conf())
	alias := func(found *model.Alias, err error) (*row, error) {
		if err != nil {
			return nil, err
		}
		return &row{found.Id, found.Mail.String, found.Name}, nil
	}
	members := model.NewMemberModel(conn(), conf())
	member := func(found *model.Member, err error) (*row, error) {
		if err != nil {
			return nil, err
		}
		return &row{found.Id, found.Mail, found.Name}, nil
	}
	return map[string]table{
		"account": {
			insert: func(ctx context.Context, given row) error {
				_, err := accounts.Insert(ctx, &model.Account{Id: given.id, Mail: given.mail, Name: given.name})
				return err
			},
			update: func(ctx context.Context, given row) error {
				return accounts.Update(ctx, &model.Account{Id: given.id, Mail: given.mail, Name: given.name})
			},
			delete: accounts.Delete,
			find:   func(ctx context.Context, id int64) (*row, error) { return account(accounts.FindOne(ctx, id)) },
			findBy: func(ctx context.Context, mail string) (*row, error) {
				return account(accounts.FindOneByMail(ctx, mail))
			},
		},
		"alias": {
			insert: func(ctx context.Context, given row) error {
				_, err := aliases.Insert(ctx, &model.Alias{Id: given.id, Given: strings.ToUpper(given.mail), Name: given.name})
				return err
			},
			update: func(ctx context.Context, given row) error {
				return aliases.Update(ctx, &model.Alias{Id: given.id, Given: strings.ToUpper(given.mail), Name: given.name})
			},
			delete: aliases.Delete,
			find:   func(ctx context.Context, id int64) (*row, error) { return alias(aliases.FindOne(ctx, id)) },
			findBy: func(ctx context.Context, mail string) (*row, error) {
				return alias(aliases.FindOneByMail(ctx, sql.NullString{String: mail, Valid: true}))
			},
		},
		"member": {
			insert: func(ctx context.Context, given row) error {
				_, err := members.Insert(ctx, &model.Member{Id: given.id, Mail: given.mail, Name: given.name})
				return err
			},
			update: func(ctx context.Context, given row) error {
				return members.Update(ctx, &model.Member{Id: given.id, Mail: given.mail, Name: given.name})
			},
			delete: members.Delete,
			find:   func(ctx context.Context, id int64) (*row, error) { return member(members.FindOne(ctx, id)) },
			findBy: func(ctx context.Context, mail string) (*row, error) {
				return member(members.FindOneByMailCreatedAt(ctx, mail, 7))
			},
		},
	}
}

// A world is two rows as they must be, each with two mails that it may have.
type world struct {
	t     *testing.T
	table table
	ids   [2]int64
	have  [2]*row
	calls int
	did   string
}

func (w *world) mail(row, which int) string {
	return fmt.Sprintf("%d:%c@example.com", w.ids[row], 'a'+which)
}

// What one row can be asked for or be told.
const calls = 6

func (w *world) call(which, call int) {
	ctx := context.Background()
	w.calls++
	have := w.have[which]
	w.did += fmt.Sprintf(" %s %d;", [calls]string{"insert", "update", "delete", "find", "find by a", "find by b"}[call], which)
	switch call {
	case 0:
		if have != nil {
			return
		}
		given := row{w.ids[which], w.mail(which, 0), fmt.Sprint("new ", w.calls)}
		require.NoError(w.t, w.table.insert(ctx, given), w.did)
		w.have[which] = &given
	case 1:
		if have == nil {
			// Whether this is an error is goctl's to say; that it changes nothing is ours.
			_ = w.table.update(ctx, row{w.ids[which], w.mail(which, 1), "nobody"})
			return
		}
		other := 0
		if have.mail == w.mail(which, 0) {
			other = 1
		}
		given := row{w.ids[which], w.mail(which, other), fmt.Sprint("changed ", w.calls)}
		require.NoError(w.t, w.table.update(ctx, given), w.did)
		w.have[which] = &given
	case 2:
		err := w.table.delete(ctx, w.ids[which])
		if have != nil {
			require.NoError(w.t, err, w.did)
		}
		w.have[which] = nil
	case 3:
		found, err := w.table.find(ctx, w.ids[which])
		w.is(have, found, err)
	default:
		mail := w.mail(which, call-4)
		found, err := w.table.findBy(ctx, mail)
		if have != nil && have.mail != mail {
			have = nil
		}
		w.is(have, found, err)
	}
}

func (w *world) is(have, found *row, err error) {
	if have == nil {
		require.ErrorIs(w.t, err, model.ErrNotFound, w.did)
		return
	}
	require.NoError(w.t, err, w.did)
	require.Equal(w.t, have, found, w.did)
}

// next is an id that no world had.
var next int64

func newWorld(t *testing.T, of table) *world {
	next += 2
	return &world{t: t, table: of, ids: [2]int64{next - 1, next}}
}

// Every order of four calls over two rows; the first is of the first row, since neither is special.
func TestOrders(t *testing.T) {
	const all = 2 * calls
	for name, of := range tables() {
		t.Run(name, func(t *testing.T) {
			for order := 0; order < calls*all*all*all; order++ {
				w := newWorld(t, of)
				w.call(0, order%calls)
				for rest := order / calls; w.calls < 4; rest /= all {
					w.call(rest%all/calls, rest%calls)
				}
			}
		})
	}
}

// Longer ones, always the same.
func TestSeeds(t *testing.T) {
	for name, of := range tables() {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewSource(1))
			for i := 0; i < 300; i++ {
				w := newWorld(t, of)
				for j := 0; j < 20; j++ {
					w.call(random.Intn(2), random.Intn(calls))
				}
			}
		})
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
	_, err = tickets.FindOneByCodeId(ctx, "second", first+1)
	require.ErrorIs(t, err, model.ErrNotFound)
	_, err = tickets.Insert(ctx, &model.Ticket{Code: "second", Note: sql.NullString{String: "n", Valid: true}})
	require.NoError(t, err)
	found, err := tickets.FindOne(ctx, first+1)
	require.NoError(t, err)
	require.Equal(t, "second", found.Code)
	again, err := tickets.FindOneByCode(ctx, "second")
	require.NoError(t, err)
	require.Equal(t, found, again)
	again, err = tickets.FindOneByCodeId(ctx, "second", first+1)
	require.NoError(t, err)
	require.Equal(t, found, again)
	require.NoError(t, tickets.Delete(ctx, first+1))
	_, err = tickets.FindOneByCode(ctx, "second")
	require.ErrorIs(t, err, model.ErrNotFound)
	_, err = tickets.FindOneByCodeId(ctx, "second", first+1)
	require.ErrorIs(t, err, model.ErrNotFound)
}

// A number beside the key: MySQL gives one for 0, PostgreSQL takes what it is given.
func TestCounted(t *testing.T) {
	ctx := context.Background()
	queue := model.NewQueuedModel(conn(), conf())
	seq := int64(0)
	if os.Getenv("DRIVER") == "mysql" {
		seq = 1
	}
	for range 2 {
		_, err := queue.FindOneBySeq(ctx, seq)
		require.ErrorIs(t, err, model.ErrNotFound)
	}
	_, err := queue.Insert(ctx, &model.Queued{Name: "first"})
	require.NoError(t, err)
	found, err := queue.FindOneBySeq(ctx, seq)
	require.NoError(t, err)
	require.Equal(t, "first", found.Name)
}

// A key that no insert writes: it is always 7.
func TestFilledInKey(t *testing.T) {
	ctx := context.Background()
	singles := model.NewSingleModel(conn(), conf())
	for range 2 {
		_, err := singles.FindOne(ctx, 7)
		require.ErrorIs(t, err, model.ErrNotFound)
		_, err = singles.FindOneByName(ctx, "a")
		require.ErrorIs(t, err, model.ErrNotFound)
		_, err = singles.Insert(ctx, &model.Single{Name: "a"})
		require.NoError(t, err)
		for range 2 {
			found, err := singles.FindOne(ctx, 7)
			require.NoError(t, err)
			require.Equal(t, &model.Single{CreatedAt: 7, Name: "a"}, found)
			again, err := singles.FindOneByName(ctx, "a")
			require.NoError(t, err)
			require.Equal(t, found, again)
		}
		require.NoError(t, singles.Update(ctx, &model.Single{CreatedAt: 7, Name: "b"}))
		_, err = singles.FindOneByName(ctx, "a")
		require.ErrorIs(t, err, model.ErrNotFound)
		found, err := singles.FindOneByName(ctx, "b")
		require.NoError(t, err)
		require.Equal(t, &model.Single{CreatedAt: 7, Name: "b"}, found)
		require.NoError(t, singles.Delete(ctx, 7))
		_, err = singles.FindOneByName(ctx, "b")
		require.ErrorIs(t, err, model.ErrNotFound)
	}
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
