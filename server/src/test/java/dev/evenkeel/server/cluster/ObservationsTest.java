package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.replication.raft.GroupMember;
import dev.evenkeel.server.ManualTicker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservationsTest {
    private static final int GROUP = 1;

    private final Observations observations = new Observations(ManualTicker.standingAt(Instant.EPOCH));

    private void hear(String node, boolean leads, long term) {
        var replica = new ReplicaReport(
                GROUP, GroupMember.Kind.STORAGE, "", leads, term, 0, 0, 0, 0, List.of(), List.of(), "");
        observations.heard(new NodeReport(node, Map.of(), 0, List.of(replica), true, List.of()));
    }

    @Test
    void ofSeveralThatSayTheyLeadTheOneOfTheNewestTermIsBelieved() {
        hear("a1", true, 4);
        hear("b1", true, 7);
        hear("c1", true, 5);
        hear("d1", false, 9);

        assertThat(observations.leaderOf(GROUP)).isEqualTo("b1");
        assertThatThrownBy(() -> observations.leaderOf(2)).hasMessage("nobody says that it leads group 2");
    }
}
