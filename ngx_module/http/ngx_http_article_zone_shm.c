
/*
 * Copyright (C) ngx_article authors
 *
 * The shared memory itself: made, adopted after a reload, locked, repaired.
 */


#include "ngx_http_article_zone_shm.h"
#include "ngx_http_article_zone_events.h"
#include "ngx_http_article_metrics.h"


/* Change it with every change of what lies in shared memory. */
#define NGX_HTTP_ARTICLE_ZONE_MAGIC  0x41525435     /* "ART5" */

#define NGX_HTTP_ARTICLE_ZONE_MIN    (1024 * 1024)


static ngx_int_t ngx_http_article_zone_init(ngx_shm_zone_t *shm_zone,
    void *data);
static ngx_int_t ngx_http_article_zone_init_head(ngx_shm_zone_t *shm_zone,
    ngx_http_article_zone_t *zone);
static void ngx_http_article_zone_init_tree(
    ngx_http_article_zone_tree_t *tree);
static ngx_uint_t ngx_http_article_zone_layout(void);
static void ngx_http_article_zone_empty(ngx_shm_zone_t *shm_zone);
static void *ngx_http_article_zone_keep(void *data, size_t size);
static void ngx_http_article_zone_return(void *data, void *copy,
    size_t size);
static void ngx_http_article_zone_rbtree_insert(ngx_rbtree_node_t *temp,
    ngx_rbtree_node_t *node, ngx_rbtree_node_t *sentinel);


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
    ngx_http_article_zone_init_tree(&sh->plans);
    ngx_http_article_zone_init_tree(&sh->latest);

    sh->events = ngx_slab_alloc_locked(zone->shpool,
                        ngx_http_article_zone_events_size(shm_zone->shm.size));
    if (sh->events == NULL) {
        return NGX_ERROR;
    }

    ngx_http_article_zone_events_init(sh->events, shm_zone->shm.size);

    sh->metrics = ngx_slab_alloc_locked(zone->shpool,
                             ngx_http_article_metrics_size(shm_zone->shm.size));
    if (sh->metrics == NULL) {
        return NGX_ERROR;
    }

    ngx_http_article_metrics_init(sh->metrics, shm_zone->shm.size);

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
           + 0x100000 * sizeof(ngx_http_article_zone_lock_t)
           + 0x900001 * sizeof(ngx_http_article_zone_plan_t)
           + 7 * ngx_http_article_zone_events_size(0)
           + 11 * ngx_http_article_metrics_size(0);
}


ngx_http_article_zone_t *
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


void
ngx_http_article_zone_leave(ngx_http_article_zone_t *zone)
{
    ngx_memory_barrier();
    zone->sh->changing = 0;

    ngx_shmtx_unlock(&zone->shpool->mutex);
}


/*
 * The first allocations of a new pool are the head, the events and the
 * metrics: they have the same places.
 */

static void
ngx_http_article_zone_empty(ngx_shm_zone_t *shm_zone)
{
    void                        *events, *metrics;
    size_t                       size;
    uint64_t                     token, changes, epoch;
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
    changes = sh->plan_changes;
    epoch = sh->epoch;

    for (i = 0; i < NGX_HTTP_ARTICLE_COUNTERS_NUMBER; i++) {
        counter[i] = sh->counter[i];
    }

    size = shm_zone->shm.size;
    events = ngx_http_article_zone_keep(sh->events,
                                     ngx_http_article_zone_events_size(size));
    metrics = ngx_http_article_zone_keep(sh->metrics,
                                         ngx_http_article_metrics_size(size));

    ngx_slab_init(zone->shpool);

    if (ngx_http_article_zone_init_head(shm_zone, zone) != NGX_OK
        || zone->sh != sh)
    {
        ngx_log_error(NGX_LOG_ALERT, ngx_cycle->log, 0,
                      "article_zone \"%V\" cannot be emptied",
                      &shm_zone->shm.name);
    }

    ngx_http_article_zone_return(zone->sh->events, events,
                                 ngx_http_article_zone_events_size(size));
    ngx_http_article_zone_return(zone->sh->metrics, metrics,
                                 ngx_http_article_metrics_size(size));

    zone->sh->token = token + 1;
    zone->sh->plan_changes = changes + 1;
    zone->sh->epoch = epoch + 1;

    for (i = 0; i < NGX_HTTP_ARTICLE_COUNTERS_NUMBER; i++) {
        zone->sh->counter[i] = counter[i];
    }

    for (i = 0; i < NGX_HTTP_ARTICLE_ZONE_PURGES; i++) {
        zone->sh->purges[i] = token + 1;
    }
}


/* A copy, or NULL when memory is out; put back, and freed. */

static void *
ngx_http_article_zone_keep(void *data, size_t size)
{
    void  *copy;

    copy = ngx_alloc(size, ngx_cycle->log);

    if (copy) {
        ngx_memcpy(copy, data, size);
    }

    return copy;
}


static void
ngx_http_article_zone_return(void *data, void *copy, size_t size)
{
    if (copy) {
        ngx_memcpy(data, copy, size);
        ngx_free(copy);
    }
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


void *
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


void
ngx_http_article_zone_insert(ngx_http_article_zone_tree_t *tree,
    ngx_http_article_zone_node_t *node, u_char *key)
{
    ngx_memcpy(&node->node.key, key, sizeof(ngx_rbtree_key_t));
    ngx_memcpy(node->rest, key + sizeof(ngx_rbtree_key_t),
               NGX_HTTP_ARTICLE_ZONE_REST);

    ngx_rbtree_insert(&tree->rbtree, &node->node);
    ngx_queue_insert_head(&tree->queue, &node->queue);
}


void
ngx_http_article_zone_remove(ngx_http_article_zone_tree_t *tree,
    ngx_http_article_zone_node_t *node)
{
    ngx_queue_remove(&node->queue);
    ngx_rbtree_delete(&tree->rbtree, &node->node);
}
