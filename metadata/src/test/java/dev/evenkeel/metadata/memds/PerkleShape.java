package dev.evenkeel.metadata.memds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

/** What holds for every tree: its shape is the one that its contents have, and its hashes and sizes are true. */
final class PerkleShape {
    private PerkleShape() {}

    static void check(PerkleTree tree) {
        check(tree.root());
    }

    private static List<PerkleEntry> check(PerkleNode node) {
        var entries = PerkleWalk.entries(node);
        assertThat(node.size()).isEqualTo(entries.size());
        assertThat(node.hash())
                .isEqualTo(entries.stream().mapToLong(PerkleEntry::hash).sum());
        assertThat(node instanceof PerkleBucket).isEqualTo(entries.size() <= PerkleBucket.ENTRIES_MAX);
        if (node instanceof PerkleBranch branch) {
            assertThat(branch.children()).isGreaterThan(1);
            for (int i = 0; i < branch.children(); i++) {
                int slot = branch.slot(i);
                assertThat(branch.index(slot)).isEqualTo(i);
                assertThat(check(branch.child(i))).isNotEmpty().allSatisfy(entry -> {
                    assertThat(Nibbles.slot(entry.key(), branch.depth())).isEqualTo(slot);
                    assertThat(Nibbles.path(entry.key(), branch.depth())).isEqualTo(branch.path());
                });
            }
        }
        for (int i = 1; i < entries.size(); i++) {
            assertThat(Arrays.compareUnsigned(
                            entries.get(i - 1).key(), entries.get(i).key()))
                    .isNegative();
        }
        return entries;
    }
}
