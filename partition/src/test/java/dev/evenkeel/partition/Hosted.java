package dev.evenkeel.partition;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node with one host of group 1, or none, and its word on who leads. */
record Hosted(@Nullable PartitionHost host, Supplier<@Nullable String> leaderNode) implements HostedGroups {
    @Override
    public Optional<PartitionHost> host(int groupId) {
        return groupId == 1 ? Optional.ofNullable(host) : Optional.empty();
    }

    @Override
    public Optional<String> leader(int groupId) {
        return Optional.ofNullable(leaderNode.get());
    }

    @Override
    public void awaitCatalog(long version) {}
}
