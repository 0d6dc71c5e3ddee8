package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.raft.GroupMember;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservationsTest {
    private static final int GROUP = 1;
    private static final ReplicaReport FAILED =
            ReplicaReport.failed(GROUP, GroupMember.Kind.STORAGE, "the disk of the log is full");
    private static final ReplicaReport WELL = ReplicaReport.failed(GROUP, GroupMember.Kind.STORAGE, "");

    private long nanos;
    private final Observations observations = new Observations(new Ticker() {
        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long epochMillis() {
            return Duration.ofNanos(nanos).toMillis();
        }
    });

    private void hear(String node, ReplicaReport replica) {
        observations.heard(new NodeReport(node, Map.of(), 0, List.of(replica), true, List.of()));
    }

    private void hear(String node, boolean leads, long term) {
        hear(
                node,
                new ReplicaReport(
                        GROUP, GroupMember.Kind.STORAGE, "", leads, term, 0, 0, 0, 0, List.of(), List.of(), ""));
    }

    private Duration failedForAfter(Duration pause, ReplicaReport replica) {
        nanos += pause.toNanos();
        hear("a1", replica);
        return observations.failedFor("a1", replica);
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

    @Test
    void aReplicaThatFailsAgainAndAgainHasFailedSinceTheFirstTime() {
        assertThat(failedForAfter(Duration.ZERO, WELL)).isZero();
        assertThat(failedForAfter(Duration.ofSeconds(1), FAILED)).isPositive().isLessThan(Duration.ofMillis(1));
        assertThat(failedForAfter(Duration.ofSeconds(2), FAILED)).isEqualTo(Duration.ofSeconds(2));
        assertThat(failedForAfter(Duration.ofSeconds(2), WELL)).isEqualTo(Duration.ofSeconds(4)); // opened again
        assertThat(failedForAfter(Duration.ofSeconds(2), FAILED)).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void oneThatStaysWellIsWell() {
        failedForAfter(Duration.ZERO, FAILED);
        assertThat(failedForAfter(Duration.ofSeconds(4), WELL)).isEqualTo(Duration.ofSeconds(4));
        assertThat(failedForAfter(Duration.ofSeconds(1), WELL)).isZero();
        assertThat(failedForAfter(Duration.ofSeconds(1), FAILED)).isLessThan(Duration.ofMillis(1));
    }
}
