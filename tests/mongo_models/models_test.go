// The models at work. MONGODB is the URI of a server, REDIS the address of another.
package models

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"ctl.test/cached"
	"ctl.test/plain"

	"github.com/stretchr/testify/require"
	"github.com/zeromicro/go-zero/core/logx"
	"github.com/zeromicro/go-zero/core/stores/cache"
	"github.com/zeromicro/go-zero/core/stores/redis"
	"go.mongodb.org/mongo-driver/v2/bson"
)

func TestMain(m *testing.M) {
	logx.Disable()
	os.Exit(m.Run())
}

func cacheConf() cache.CacheConf {
	return cache.CacheConf{{RedisConf: redis.RedisConf{Host: os.Getenv("REDIS"), Type: "node"}, Weight: 100}}
}

func TestPlain(t *testing.T) {
	ctx := context.Background()
	model := plain.NewUserModel(os.Getenv("MONGODB"), "plain")
	require.Equal(t, "user", plain.UserCollectionName)

	_, err := model.FindOne(ctx, bson.NewObjectID().Hex())
	require.ErrorIs(t, err, plain.ErrNotFound)
	for _, id := range []string{"", "no id", strings.Repeat("z", 24)} {
		_, err = model.FindOne(ctx, id)
		require.ErrorIs(t, err, plain.ErrInvalidObjectId)
		_, err = model.Delete(ctx, id)
		require.ErrorIs(t, err, plain.ErrInvalidObjectId)
	}

	user := plain.User{Name: "Ann"}
	require.NoError(t, model.Insert(ctx, &user))
	require.False(t, user.ID.IsZero() || user.CreateAt.IsZero() || user.UpdateAt.IsZero())
	found, err := model.FindOne(ctx, user.ID.Hex())
	require.NoError(t, err)
	require.Equal(t, "Ann", found.Name)

	found.Name = ""
	result, err := model.Update(ctx, found)
	require.NoError(t, err)
	require.EqualValues(t, 1, result.MatchedCount)
	again, err := model.FindOne(ctx, user.ID.Hex())
	require.NoError(t, err)
	require.Empty(t, again.Name)
	require.Equal(t, found.CreateAt, again.CreateAt)

	count, err := model.Delete(ctx, user.ID.Hex())
	require.NoError(t, err)
	require.EqualValues(t, 1, count)
	count, err = model.Delete(ctx, user.ID.Hex())
	require.NoError(t, err)
	require.Zero(t, count)

	// An id of one's own: the times that are there stay, the others are set.
	created := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	own := plain.User{ID: bson.NewObjectID(), CreateAt: created}
	require.NoError(t, model.Insert(ctx, &own))
	found, err = model.FindOne(ctx, own.ID.Hex())
	require.NoError(t, err)
	require.True(t, found.CreateAt.Equal(created))
	require.False(t, found.UpdateAt.IsZero())
}

func TestCached(t *testing.T) {
	ctx := context.Background()
	model := cached.NewUserModel(os.Getenv("MONGODB"), "cached", "users", cacheConf())
	store := redis.MustNewRedis(redis.RedisConf{Host: os.Getenv("REDIS"), Type: "node"})

	user := cached.User{Name: "Ann"}
	require.NoError(t, model.Insert(ctx, &user))
	_, err := model.FindOne(ctx, user.ID.Hex())
	require.NoError(t, err)
	// The key is what services made with goctl have.
	key := "shop:cache:user:" + user.ID.Hex()
	value, err := store.Get(key)
	require.NoError(t, err)
	require.Contains(t, value, "Ann")

	// What the cache has is read from there, however the id is written.
	require.NoError(t, store.Set(key, strings.Replace(value, "Ann", "Bob", 1)))
	for _, id := range []string{user.ID.Hex(), strings.ToUpper(user.ID.Hex())} {
		found, err := model.FindOne(ctx, id)
		require.NoError(t, err)
		require.Equal(t, "Bob", found.Name)
	}
	user.Name = "Cid"
	_, err = model.Update(ctx, &user)
	require.NoError(t, err)
	for _, id := range []string{user.ID.Hex(), strings.ToUpper(user.ID.Hex())} {
		found, err := model.FindOne(ctx, id)
		require.NoError(t, err)
		require.Equal(t, "Cid", found.Name)
	}
	_, err = model.FindOne(ctx, "no id")
	require.ErrorIs(t, err, cached.ErrInvalidObjectId)
}

// Every order of four calls over two documents: what is read is what was written last.
func TestOrders(t *testing.T) {
	ctx := context.Background()
	model := cached.NewUserModel(os.Getenv("MONGODB"), "orders", "users", cacheConf())
	const calls, workers = 8, 8
	for worker := range workers {
		t.Run(fmt.Sprint(worker), func(t *testing.T) {
			t.Parallel()
			// The odd ones are the same with the documents swapped.
			for order := 2 * worker; order < calls*calls*calls*calls; order += 2 * workers {
				tryOrder(ctx, t, model, order, calls)
			}
		})
	}
}

func tryOrder(ctx context.Context, t *testing.T, model cached.UserModel, order, calls int) {
	ids := [2]bson.ObjectID{bson.NewObjectID(), bson.NewObjectID()}
	stored := map[int]string{}
	var done []string
	for step, rest := 0, order; step < 4; step, rest = step+1, rest/calls {
		which, call := rest%2, rest%calls/2
		name := fmt.Sprintf("name %d", step)
		id := ids[which]
		_, known := stored[which]
		var err error
		switch call {
		case 0:
			done = append(done, fmt.Sprintf("insert %d", which))
			err = model.Insert(ctx, &cached.User{ID: id, Name: name})
			if known {
				require.Error(t, err, done)
				err = nil
			} else {
				stored[which] = name
			}
		case 1:
			done = append(done, fmt.Sprintf("update %d", which))
			_, err = model.Update(ctx, &cached.User{ID: id, Name: name})
			if known {
				stored[which] = name
			}
		case 2:
			done = append(done, fmt.Sprintf("delete %d", which))
			_, err = model.Delete(ctx, id.Hex())
			delete(stored, which)
		case 3:
			done = append(done, fmt.Sprintf("find %d", which))
		}
		require.NoError(t, err, done)
		if call == 3 || step == 3 {
			for which, id := range ids {
				found, err := model.FindOne(ctx, id.Hex())
				if name, ok := stored[which]; ok {
					require.NoError(t, err, done)
					require.Equal(t, name, found.Name, done)
				} else {
					require.True(t, errors.Is(err, cached.ErrNotFound), "%v: %v", done, err)
				}
			}
		}
	}
}
