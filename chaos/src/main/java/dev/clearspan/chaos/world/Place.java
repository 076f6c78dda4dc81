package dev.clearspan.chaos.world;

import java.nio.file.Path;

/**
 * Where the processes of one run meet.
 *
 * @param endpoints etcd's, separated by commas
 * @param env the registry's environment
 * @param snapshots where processes keep what they know
 */
public record Place(String endpoints, String env, Path snapshots) {}
