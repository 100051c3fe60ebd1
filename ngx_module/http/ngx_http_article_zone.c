
/*
 * Copyright (C) ngx_article authors
 *
 * A zone is one slab pool with a head (counters, two trees) in it:
 *
 *   values  rbtree by key, queue by last use; an entry owns a chain of
 *           chunks, each a page at most, so that memory given back by any
 *           forgotten value serves any other one
 *   locks   rbtree by key, queue by age; a lock that is not given back
 *           (its worker died) ends by its time
 *
 * Everything is changed between _enter() and _leave() only.  A worker that
 * dies in between leaves "changing" set: the next one empties the zone, for
 * nobody knows what was half done.  The counters stay.
 */


#include "ngx_http_article_zone.h"


/* Change it with every change of what lies in shared memory. */
#define NGX_HTTP_ARTICLE_ZONE_MAGIC     0x41525431      /* "ART1" */

#define NGX_HTTP_ARTICLE_ZONE_MIN       (1024 * 1024)

/* A value larger than this part of the zone is not stored. */
#define NGX_HTTP_ARTICLE_ZONE_PART      4

/* Values forgotten to make room for a chunk of one, at most. */
#define NGX_HTTP_ARTICLE_ZONE_TRIES     64

/* What a node's rbtree key does not hold of the key. */
#define NGX_HTTP_ARTICLE_ZONE_REST                                            \
    (NGX_HTTP_ARTICLE_KEY_LEN - sizeof(ngx_rbtree_key_t))


typedef struct ngx_http_article_zone_chunk_s  ngx_http_article_zone_chunk_t;

struct ngx_http_article_zone_chunk_s {
    ngx_http_article_zone_chunk_t  *next;
    size_t                          len;
    u_char                          data[1];
};


/* What values and locks begin with. */
typedef struct {
    ngx_rbtree_node_t               node;
    u_char                          rest[NGX_HTTP_ARTICLE_ZONE_REST];
    ngx_queue_t                     queue;
} ngx_http_article_zone_node_t;


typedef struct {
    ngx_http_article_zone_node_t    node;
    time_t                          expire;
    size_t                          len;
    ngx_http_article_zone_chunk_t  *chunks;
} ngx_http_article_zone_value_t;


typedef struct {
    ngx_http_article_zone_node_t    node;
    ngx_msec_t                      expire;
    uint64_t                        token;
} ngx_http_article_zone_lock_t;


typedef struct {
    ngx_rbtree_t                    rbtree;
    ngx_rbtree_node_t               sentinel;
    ngx_queue_t                     queue;
} ngx_http_article_zone_tree_t;


typedef struct {
    uint32_t                        magic;
    uint32_t                        layout;
    volatile ngx_uint_t             changing;
    uint64_t                        token;
    ngx_uint_t                      entries;
    size_t                          bytes;
    ngx_http_article_zone_tree_t    values;
    ngx_http_article_zone_tree_t    locks;
    ngx_atomic_t                    counter[NGX_HTTP_ARTICLE_COUNTERS_NUMBER];
} ngx_http_article_zone_sh_t;


struct ngx_http_article_zone_s {
    ngx_http_article_zone_sh_t     *sh;
    ngx_slab_pool_t                *shpool;
};


static ngx_int_t ngx_http_article_zone_init(ngx_shm_zone_t *shm_zone,
    void *data);
static ngx_int_t ngx_http_article_zone_init_head(ngx_shm_zone_t *shm_zone,
    ngx_http_article_zone_t *zone);
static void ngx_http_article_zone_init_tree(
    ngx_http_article_zone_tree_t *tree);
static ngx_uint_t ngx_http_article_zone_layout(void);
static ngx_http_article_zone_t *ngx_http_article_zone_enter(
    ngx_shm_zone_t *shm_zone);
static void ngx_http_article_zone_leave(ngx_http_article_zone_t *zone);
static void ngx_http_article_zone_empty(ngx_shm_zone_t *shm_zone);

static void ngx_http_article_zone_rbtree_insert(ngx_rbtree_node_t *temp,
    ngx_rbtree_node_t *node, ngx_rbtree_node_t *sentinel);
static void *ngx_http_article_zone_find(ngx_http_article_zone_tree_t *tree,
    u_char *key);
static void ngx_http_article_zone_insert(ngx_http_article_zone_tree_t *tree,
    ngx_http_article_zone_node_t *node, u_char *key);
static void ngx_http_article_zone_remove(ngx_http_article_zone_tree_t *tree,
    ngx_http_article_zone_node_t *node);

static void *ngx_http_article_zone_alloc(ngx_http_article_zone_t *zone,
    size_t size);
static ngx_uint_t ngx_http_article_zone_evict(ngx_http_article_zone_t *zone);
static ngx_int_t ngx_http_article_zone_write(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_value_t *entry, ngx_str_t *value);
static void ngx_http_article_zone_forget(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_value_t *entry);
static void ngx_http_article_zone_free(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_value_t *entry);
static void ngx_http_article_zone_end_locks(ngx_http_article_zone_t *zone);


char *
ngx_http_article_zone_directive(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_article_main_conf_t  *amcf = conf;

    u_char                   *p;
    ssize_t                   size;
    ngx_str_t                *value, name, s;
    ngx_http_article_zone_t  *zone;

    if (amcf->shm_zone) {
        return "is duplicate";
    }

    value = cf->args->elts;

    p = (u_char *) ngx_strchr(value[1].data, ':');

    if (p == NULL || p == value[1].data) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_zone \"%V\" must be \"NAME:SIZE\", "
                           "as in \"main:64m\"", &value[1]);
        return NGX_CONF_ERROR;
    }

    name.data = value[1].data;
    name.len = p - name.data;

    s.data = p + 1;
    s.len = value[1].data + value[1].len - s.data;

    size = ngx_parse_size(&s);

    if (size == NGX_ERROR) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid size \"%V\" in article_zone \"%V\"",
                           &s, &value[1]);
        return NGX_CONF_ERROR;
    }

    if (size < NGX_HTTP_ARTICLE_ZONE_MIN) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_zone \"%V\" is too small, "
                           "it must be 1m at least", &value[1]);
        return NGX_CONF_ERROR;
    }

    zone = ngx_pcalloc(cf->pool, sizeof(ngx_http_article_zone_t));
    if (zone == NULL) {
        return NGX_CONF_ERROR;
    }

    amcf->shm_zone = ngx_shared_memory_add(cf, &name, size,
                                           &ngx_http_article_module);
    if (amcf->shm_zone == NULL) {
        return NGX_CONF_ERROR;
    }

    amcf->shm_zone->init = ngx_http_article_zone_init;
    amcf->shm_zone->data = zone;

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_http_article_zone_init(ngx_shm_zone_t *shm_zone, void *data)
{
    ngx_http_article_zone_t     *zone;
    ngx_http_article_zone_sh_t  *sh;

    zone = shm_zone->data;
    zone->shpool = (ngx_slab_pool_t *) shm_zone->shm.addr;

    if (data == NULL && !shm_zone->shm.exists) {
        return ngx_http_article_zone_init_head(shm_zone, zone);
    }

    sh = zone->shpool->data;

    if (sh->magic != NGX_HTTP_ARTICLE_ZONE_MAGIC
        || sh->layout != ngx_http_article_zone_layout())
    {
        ngx_log_error(NGX_LOG_EMERG, shm_zone->shm.log, 0,
                      "article_zone \"%V\" was made by another version of "
                      "the module: restart nginx, or give the zone another "
                      "name", &shm_zone->shm.name);
        return NGX_ERROR;
    }

    zone->sh = sh;

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_zone_init_head(ngx_shm_zone_t *shm_zone,
    ngx_http_article_zone_t *zone)
{
    size_t                       len;
    ngx_http_article_zone_sh_t  *sh;

    sh = ngx_slab_calloc_locked(zone->shpool,
                                sizeof(ngx_http_article_zone_sh_t));
    if (sh == NULL) {
        return NGX_ERROR;
    }

    sh->magic = NGX_HTTP_ARTICLE_ZONE_MAGIC;
    sh->layout = ngx_http_article_zone_layout();

    ngx_http_article_zone_init_tree(&sh->values);
    ngx_http_article_zone_init_tree(&sh->locks);

    zone->sh = sh;
    zone->shpool->data = sh;

    len = sizeof(" in article_zone \"\"") + shm_zone->shm.name.len;

    zone->shpool->log_ctx = ngx_slab_alloc_locked(zone->shpool, len);
    if (zone->shpool->log_ctx == NULL) {
        return NGX_ERROR;
    }

    ngx_sprintf(zone->shpool->log_ctx, " in article_zone \"%V\"%Z",
                &shm_zone->shm.name);

    /* a full zone is an everyday thing */

    zone->shpool->log_nomem = 0;

    return NGX_OK;
}


static void
ngx_http_article_zone_init_tree(ngx_http_article_zone_tree_t *tree)
{
    ngx_rbtree_init(&tree->rbtree, &tree->sentinel,
                    ngx_http_article_zone_rbtree_insert);
    ngx_queue_init(&tree->queue);
}


/* A number that changes when sizes do, even if the magic was forgotten. */

static ngx_uint_t
ngx_http_article_zone_layout(void)
{
    return sizeof(ngx_http_article_zone_sh_t)
           + 0x1000 * sizeof(ngx_http_article_zone_value_t)
           + 0x100000 * sizeof(ngx_http_article_zone_lock_t);
}


static ngx_http_article_zone_t *
ngx_http_article_zone_enter(ngx_shm_zone_t *shm_zone)
{
    ngx_http_article_zone_t  *zone;

    zone = shm_zone->data;

    ngx_shmtx_lock(&zone->shpool->mutex);

    if (zone->sh->changing) {
        ngx_http_article_zone_empty(shm_zone);
    }

    zone->sh->changing = 1;
    ngx_memory_barrier();

    return zone;
}


static void
ngx_http_article_zone_leave(ngx_http_article_zone_t *zone)
{
    ngx_memory_barrier();
    zone->sh->changing = 0;

    ngx_shmtx_unlock(&zone->shpool->mutex);
}


/* The first allocation of a new pool is the head: it has the same place. */

static void
ngx_http_article_zone_empty(ngx_shm_zone_t *shm_zone)
{
    uint64_t                     token;
    ngx_uint_t                   i;
    ngx_atomic_uint_t            counter[NGX_HTTP_ARTICLE_COUNTERS_NUMBER];
    ngx_http_article_zone_t     *zone;
    ngx_http_article_zone_sh_t  *sh;

    zone = shm_zone->data;
    sh = zone->sh;

    ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0,
                  "a worker process died while it changed article_zone "
                  "\"%V\": the zone is emptied", &shm_zone->shm.name);

    token = sh->token;

    for (i = 0; i < NGX_HTTP_ARTICLE_COUNTERS_NUMBER; i++) {
        counter[i] = sh->counter[i];
    }

    ngx_slab_init(zone->shpool);

    if (ngx_http_article_zone_init_head(shm_zone, zone) != NGX_OK
        || zone->sh != sh)
    {
        ngx_log_error(NGX_LOG_ALERT, ngx_cycle->log, 0,
                      "article_zone \"%V\" cannot be emptied",
                      &shm_zone->shm.name);
    }

    zone->sh->token = token;

    for (i = 0; i < NGX_HTTP_ARTICLE_COUNTERS_NUMBER; i++) {
        zone->sh->counter[i] = counter[i];
    }
}


ngx_int_t
ngx_http_article_zone_get(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_pool_t *pool, ngx_str_t *value)
{
    u_char                         *p;
    ngx_int_t                       rc;
    ngx_http_article_zone_t        *zone;
    ngx_http_article_zone_chunk_t  *chunk;
    ngx_http_article_zone_value_t  *entry;

    if (shm_zone == NULL) {
        return NGX_DECLINED;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    rc = NGX_DECLINED;
    entry = ngx_http_article_zone_find(&zone->sh->values, key);

    if (entry == NULL) {
        goto done;
    }

    if (entry->expire <= ngx_time()) {
        ngx_http_article_zone_forget(zone, entry);
        goto done;
    }

    ngx_queue_remove(&entry->node.queue);
    ngx_queue_insert_head(&zone->sh->values.queue, &entry->node.queue);

    p = ngx_pnalloc(pool, entry->len);
    if (p == NULL) {
        rc = NGX_ERROR;
        goto done;
    }

    value->data = p;
    value->len = entry->len;

    for (chunk = entry->chunks; chunk; chunk = chunk->next) {
        p = ngx_cpymem(p, chunk->data, chunk->len);
    }

    rc = NGX_OK;

done:

    ngx_http_article_zone_leave(zone);

    return rc;
}


ngx_int_t
ngx_http_article_zone_set(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_str_t *value, time_t expire)
{
    ngx_int_t                       rc;
    ngx_http_article_zone_t        *zone;
    ngx_http_article_zone_value_t  *entry;

    if (shm_zone == NULL
        || value->len > shm_zone->shm.size / NGX_HTTP_ARTICLE_ZONE_PART)
    {
        return NGX_DECLINED;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    rc = NGX_DECLINED;
    entry = ngx_http_article_zone_find(&zone->sh->values, key);

    if (entry) {
        ngx_http_article_zone_forget(zone, entry);
    }

    entry = ngx_http_article_zone_alloc(zone,
                                        sizeof(ngx_http_article_zone_value_t));
    if (entry == NULL) {
        goto done;
    }

    entry->expire = expire;
    entry->len = value->len;
    entry->chunks = NULL;

    if (ngx_http_article_zone_write(zone, entry, value) != NGX_OK) {
        ngx_http_article_zone_free(zone, entry);
        goto done;
    }

    ngx_http_article_zone_insert(&zone->sh->values, &entry->node, key);

    zone->sh->entries++;
    zone->sh->bytes += entry->len;

    rc = NGX_OK;

done:

    ngx_http_article_zone_leave(zone);

    return rc;
}


ngx_int_t
ngx_http_article_zone_delete(ngx_shm_zone_t *shm_zone, u_char *key)
{
    ngx_int_t                       rc;
    ngx_http_article_zone_t        *zone;
    ngx_http_article_zone_value_t  *entry;

    if (shm_zone == NULL) {
        return NGX_DECLINED;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    rc = NGX_DECLINED;
    entry = ngx_http_article_zone_find(&zone->sh->values, key);

    if (entry) {
        rc = (entry->expire > ngx_time()) ? NGX_OK : NGX_DECLINED;
        ngx_http_article_zone_forget(zone, entry);
    }

    ngx_http_article_zone_leave(zone);

    return rc;
}


ngx_int_t
ngx_http_article_zone_lock(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_msec_t age, uint64_t *token)
{
    ngx_int_t                      rc;
    ngx_http_article_zone_t       *zone;
    ngx_http_article_zone_lock_t  *lock;

    *token = 0;

    if (shm_zone == NULL) {
        return NGX_OK;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    rc = NGX_OK;
    ngx_http_article_zone_end_locks(zone);
    lock = ngx_http_article_zone_find(&zone->sh->locks, key);

    if (lock && (ngx_msec_int_t) (lock->expire - ngx_current_msec) > 0) {
        rc = NGX_BUSY;
        goto done;
    }

    if (lock) {
        ngx_http_article_zone_remove(&zone->sh->locks, &lock->node);

    } else {
        lock = ngx_http_article_zone_alloc(zone,
                                         sizeof(ngx_http_article_zone_lock_t));
        if (lock == NULL) {

            /* no memory for a lock: better two fetches than none */

            goto done;
        }
    }

    *token = ++zone->sh->token;

    lock->token = *token;
    lock->expire = ngx_current_msec + age;

    ngx_http_article_zone_insert(&zone->sh->locks, &lock->node, key);

done:

    ngx_http_article_zone_leave(zone);

    return rc;
}


void
ngx_http_article_zone_unlock(ngx_shm_zone_t *shm_zone, u_char *key,
    uint64_t token)
{
    ngx_http_article_zone_t       *zone;
    ngx_http_article_zone_lock_t  *lock;

    if (shm_zone == NULL || token == 0) {
        return;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    lock = ngx_http_article_zone_find(&zone->sh->locks, key);

    if (lock && lock->token == token) {
        ngx_http_article_zone_remove(&zone->sh->locks, &lock->node);
        ngx_slab_free_locked(zone->shpool, lock);
    }

    ngx_http_article_zone_leave(zone);
}


ngx_uint_t
ngx_http_article_zone_locked(ngx_shm_zone_t *shm_zone, u_char *key)
{
    ngx_uint_t                     locked;
    ngx_http_article_zone_t       *zone;
    ngx_http_article_zone_lock_t  *lock;

    if (shm_zone == NULL) {
        return 0;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    lock = ngx_http_article_zone_find(&zone->sh->locks, key);
    locked = lock && (ngx_msec_int_t) (lock->expire - ngx_current_msec) > 0;

    ngx_http_article_zone_leave(zone);

    return locked;
}


void
ngx_http_article_zone_count(ngx_shm_zone_t *shm_zone,
    ngx_http_article_counter_e counter, ngx_uint_t n)
{
    ngx_http_article_zone_t  *zone;

    if (shm_zone) {
        zone = shm_zone->data;
        (void) ngx_atomic_fetch_add(&zone->sh->counter[counter], n);
    }
}


void
ngx_http_article_zone_state(ngx_shm_zone_t *shm_zone,
    ngx_http_article_zone_state_t *state)
{
    ngx_uint_t                i;
    ngx_http_article_zone_t  *zone;

    ngx_memzero(state, sizeof(ngx_http_article_zone_state_t));

    if (shm_zone == NULL) {
        return;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    for (i = 0; i < NGX_HTTP_ARTICLE_COUNTERS_NUMBER; i++) {
        state->counter[i] = zone->sh->counter[i];
    }

    state->entries = zone->sh->entries;
    state->bytes = zone->sh->bytes;
    state->size = shm_zone->shm.size;

    ngx_http_article_zone_leave(zone);
}


static void
ngx_http_article_zone_rbtree_insert(ngx_rbtree_node_t *temp,
    ngx_rbtree_node_t *node, ngx_rbtree_node_t *sentinel)
{
    ngx_rbtree_node_t             **p;
    ngx_http_article_zone_node_t   *n, *t;

    for ( ;; ) {

        if (node->key != temp->key) {
            p = (node->key < temp->key) ? &temp->left : &temp->right;

        } else {
            n = (ngx_http_article_zone_node_t *) node;
            t = (ngx_http_article_zone_node_t *) temp;

            p = (ngx_memcmp(n->rest, t->rest, NGX_HTTP_ARTICLE_ZONE_REST) < 0)
                ? &temp->left : &temp->right;
        }

        if (*p == sentinel) {
            break;
        }

        temp = *p;
    }

    *p = node;
    node->parent = temp;
    node->left = sentinel;
    node->right = sentinel;
    ngx_rbt_red(node);
}


static void *
ngx_http_article_zone_find(ngx_http_article_zone_tree_t *tree, u_char *key)
{
    ngx_int_t                      rc;
    ngx_rbtree_key_t               node_key;
    ngx_rbtree_node_t             *node, *sentinel;
    ngx_http_article_zone_node_t  *found;

    ngx_memcpy(&node_key, key, sizeof(ngx_rbtree_key_t));

    node = tree->rbtree.root;
    sentinel = tree->rbtree.sentinel;

    while (node != sentinel) {

        if (node_key != node->key) {
            node = (node_key < node->key) ? node->left : node->right;
            continue;
        }

        found = (ngx_http_article_zone_node_t *) node;

        rc = ngx_memcmp(key + sizeof(ngx_rbtree_key_t), found->rest,
                        NGX_HTTP_ARTICLE_ZONE_REST);

        if (rc == 0) {
            return found;
        }

        node = (rc < 0) ? node->left : node->right;
    }

    return NULL;
}


static void
ngx_http_article_zone_insert(ngx_http_article_zone_tree_t *tree,
    ngx_http_article_zone_node_t *node, u_char *key)
{
    ngx_memcpy(&node->node.key, key, sizeof(ngx_rbtree_key_t));
    ngx_memcpy(node->rest, key + sizeof(ngx_rbtree_key_t),
               NGX_HTTP_ARTICLE_ZONE_REST);

    ngx_rbtree_insert(&tree->rbtree, &node->node);
    ngx_queue_insert_head(&tree->queue, &node->queue);
}


static void
ngx_http_article_zone_remove(ngx_http_article_zone_tree_t *tree,
    ngx_http_article_zone_node_t *node)
{
    ngx_queue_remove(&node->queue);
    ngx_rbtree_delete(&tree->rbtree, &node->node);
}


static void *
ngx_http_article_zone_alloc(ngx_http_article_zone_t *zone, size_t size)
{
    void        *p;
    ngx_uint_t   i;

    for (i = 0; i < NGX_HTTP_ARTICLE_ZONE_TRIES; i++) {

        p = ngx_slab_alloc_locked(zone->shpool, size);
        if (p) {
            return p;
        }

        if (!ngx_http_article_zone_evict(zone)) {
            break;
        }
    }

    return NULL;
}


/* Forgets the least recently used value; returns 0 when there is none. */

static ngx_uint_t
ngx_http_article_zone_evict(ngx_http_article_zone_t *zone)
{
    ngx_queue_t                    *q;
    ngx_http_article_zone_sh_t     *sh;
    ngx_http_article_zone_value_t  *entry;

    sh = zone->sh;

    if (ngx_queue_empty(&sh->values.queue)) {
        return 0;
    }

    q = ngx_queue_last(&sh->values.queue);
    entry = ngx_queue_data(q, ngx_http_article_zone_value_t, node.queue);

    if (entry->expire > ngx_time()) {
        (void) ngx_atomic_fetch_add(
                        &sh->counter[NGX_HTTP_ARTICLE_COUNT_EVICTIONS], 1);
    }

    ngx_http_article_zone_forget(zone, entry);

    return 1;
}


static ngx_int_t
ngx_http_article_zone_write(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_value_t *entry, ngx_str_t *value)
{
    u_char                          *p, *last;
    size_t                           len, head;
    ngx_http_article_zone_chunk_t   *chunk, **next;

    p = value->data;
    last = p + value->len;
    next = &entry->chunks;
    head = offsetof(ngx_http_article_zone_chunk_t, data);

    while (p < last) {

        len = ngx_min((size_t) (last - p), ngx_pagesize - head);

        chunk = ngx_http_article_zone_alloc(zone, head + len);
        if (chunk == NULL) {
            return NGX_DECLINED;
        }

        chunk->next = NULL;
        chunk->len = len;

        ngx_memcpy(chunk->data, p, len);
        p += len;

        *next = chunk;
        next = &chunk->next;
    }

    return NGX_OK;
}


static void
ngx_http_article_zone_forget(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_value_t *entry)
{
    ngx_http_article_zone_remove(&zone->sh->values, &entry->node);

    zone->sh->entries--;
    zone->sh->bytes -= entry->len;

    ngx_http_article_zone_free(zone, entry);
}


static void
ngx_http_article_zone_free(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_value_t *entry)
{
    ngx_http_article_zone_chunk_t  *chunk, *next;

    for (chunk = entry->chunks; chunk; chunk = next) {
        next = chunk->next;
        ngx_slab_free_locked(zone->shpool, chunk);
    }

    ngx_slab_free_locked(zone->shpool, entry);
}


/* Frees the two oldest locks if their time is over: the tree stays small. */

static void
ngx_http_article_zone_end_locks(ngx_http_article_zone_t *zone)
{
    ngx_uint_t                     n;
    ngx_queue_t                   *q;
    ngx_http_article_zone_lock_t  *lock;

    for (n = 0; n < 2; n++) {

        if (ngx_queue_empty(&zone->sh->locks.queue)) {
            return;
        }

        q = ngx_queue_last(&zone->sh->locks.queue);
        lock = ngx_queue_data(q, ngx_http_article_zone_lock_t, node.queue);

        if ((ngx_msec_int_t) (lock->expire - ngx_current_msec) > 0) {
            return;
        }

        ngx_http_article_zone_remove(&zone->sh->locks, &lock->node);
        ngx_slab_free_locked(zone->shpool, lock);
    }
}
