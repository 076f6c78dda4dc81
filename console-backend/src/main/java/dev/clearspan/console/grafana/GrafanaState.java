package dev.clearspan.console.grafana;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How Grafana is, as the console sees it.
 *
 * @param url where browsers reach it through the console; null: at the console's host name
 * @param port the port of the console that offers it
 * @param path Grafana's sub-path, ending with a slash
 * @param up whether it can be used
 * @param detail why not, or what is odd; empty if nothing
 * @param version what it says of itself; null: not heard
 * @param checkedAt when it was last asked; null: not yet
 */
public record GrafanaState(
    @Nullable String url,
    int port,
    String path,
    boolean up,
    String detail,
    @Nullable String version,
    @Nullable Instant checkedAt) {}
