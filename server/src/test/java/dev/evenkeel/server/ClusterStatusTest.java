package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterStatusTest {
    private static final String WHOLE = """
            {"cluster": "evenkeel", "node": "a1", "version": 12, "tables": 1,
             "nodes": [
               {"id": "b1", "zone": "zone-b", "state": "ACTIVE", "healthy": true, "client": "127.0.0.1:8001",
                "peer": "127.0.0.1:17001", "leads": 0, "replicas": 2, "silentMillis": 12},
               {"id": "a1", "zone": "zone-a", "state": "ACTIVE", "healthy": true, "client": "127.0.0.1:8000",
                "peer": "127.0.0.1:17000", "leads": 2, "replicas": 2, "silentMillis": -1}],
             "groups": [
               {"id": 0, "leader": "a1", "term": 2, "committedLsn": 120, "replicas": [
                 {"node": "a1", "kind": "storage", "state": "leads", "appliedLsn": 120, "lag": 0},
                 {"node": "b1", "kind": "storage", "state": "follows", "appliedLsn": 118, "lag": 2}]},
               {"id": 1, "leader": "a1", "term": 3, "committedLsn": 4, "replicas": [
                 {"node": "a1", "kind": "storage", "state": "leads", "appliedLsn": 4, "lag": 0}]}],
             "healing": []}
            """;

    private static final String HURT = """
            {"cluster": "evenkeel", "version": 13, "tables": 2, "later": {"unknown": [1, {"x": null}]},
             "nodes": [
               {"id": "a1", "zone": "zone-a", "state": "DRAINING", "healthy": true, "client": "127.0.0.1:8000",
                "peer": "127.0.0.1:17000", "leads": 0, "replicas": 1},
               {"id": "c1", "zone": "zone-c", "state": "ACTIVE", "healthy": false, "client": "127.0.0.1:8002",
                "peer": "127.0.0.1:17002"}],
             "groups": [
               {"id": 1, "leader": "", "term": 0, "replicas": [
                 {"node": "a1", "kind": "log", "state": "follows", "appliedLsn": 0, "lag": -1},
                 {"node": "c1", "kind": "storage", "state": "away", "lag": -1}]},
               {"id": 2, "leader": null, "replicas": []}],
             "healing": ["cannot heal group 1: zone zone-c has no spare node"]}
            """;

    private static String table(String json, Map<String, String> silent) throws IOException {
        return new ClusterStatusTable(ClusterStatusReader.read(json), silent).toString();
    }

    @Test
    void aWholeCluster() throws IOException {
        assertThat(table(WHOLE, Map.of())).isEqualTo("""
                Cluster evenkeel: 2 zones, 2 nodes, 2 groups, 1 table; catalog version 12

                ZONE    NODE  STATE   HEALTH   LEADS  REPLICAS  CLIENTS         NODES
                zone-a  a1    active  healthy      2         2  127.0.0.1:8000  127.0.0.1:17000
                zone-b  b1    active  healthy      0         2  127.0.0.1:8001  127.0.0.1:17001

                GROUP  LEADER  TERM  REPLICA  KIND     STATE    APPLIED  LAG
                    0  a1         2  a1       storage  leads        120    0
                                     b1       storage  follows      118    2
                    1  a1         3  a1       storage  leads          4    0

                Nothing is to be healed.
                """);
    }

    @Test
    void aClusterThatIsHurt() throws IOException {
        assertThat(table(HURT, Map.of("c1", "no connection", "d1", "no connection")))
                .isEqualTo("""
                Cluster evenkeel: 2 zones, 2 nodes, 2 groups, 2 tables; catalog version 13

                ZONE    NODE  STATE     HEALTH                            LEADS  REPLICAS  CLIENTS         NODES
                zone-a  a1    draining  healthy                               0         1  127.0.0.1:8000  127.0.0.1:17000
                zone-c  c1    active    unhealthy, silent: no connection      -         -  127.0.0.1:8002  127.0.0.1:17002
                Silent, and not in the cluster: d1 (no connection)

                GROUP  LEADER  TERM  REPLICA  KIND     STATE    APPLIED  LAG
                    1  none       0  a1       log      follows        0    -
                                     c1       storage  away           -    -
                    2  none       -

                To be done, and cannot be now:
                  cannot heal group 1: zone zone-c has no spare node
                """);
    }

    @Test
    void whatNobodyHealsIsCounted() throws IOException {
        assertThat(table(HURT.replaceAll("\\[\"cannot heal.*]", "[]"), Map.of()))
                .endsWith("\nTo be healed: 1 replica, about which nothing is done at this moment.\n");
    }

    @Test
    void anAnswerForProgramsIsKeptWhole() throws IOException {
        String json = ClusterStatusCommand.withSilent(HURT, Set.of("c1"));
        assertThat(json).contains("\"later\" : {").contains("\"silent\" : [ \"c1\" ]");
        assertThat(ClusterStatusReader.read(json)).isEqualTo(ClusterStatusReader.read(HURT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "healthy: dynamodb.us-east-1.amazonaws.com ", "{} {}", "{\"nodes\": [", "null"})
    void otherAnswersAreNone(String text) {
        assertThatThrownBy(() -> ClusterStatusReader.read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void anEmptyAnswerIsAnEmptyCluster() throws IOException {
        assertThat(ClusterStatusReader.read("{}").nodes()).isEmpty();
    }
}
