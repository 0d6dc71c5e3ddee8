package dev.evenkeel.verify.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkdownReportTest {
    @Test
    void oneSectionPerWorkloadOneLinePerLoadAndTarget() {
        var one = new Scenario(Workload.PUT, KeyDistribution.UNIFORM, new Load.Closed(1));
        var many = new Scenario(Workload.PUT, KeyDistribution.UNIFORM, new Load.Closed(16));
        var open = new Scenario(Workload.YCSB_A, KeyDistribution.ZIPFIAN, new Load.Open(2500, 64));
        var report = MarkdownReport.render(List.of(
                Rounds.result(one, List.of(Rounds.of(1000, 1)), List.of(Rounds.of(500, 4))),
                Rounds.result(many, List.of(Rounds.of(12_000, 2)), List.of(Rounds.withoutCpu(3000, 2))),
                Rounds.result(open, List.of(Rounds.of(2500, 1)), List.of(Rounds.of(2500, 1)))));
        assertThat(report).isEqualTo("""
                ### PutItem of one 900-byte item, uniform keys

                | load | target | ops/s | p50 ms | p99 ms | p99.9 ms | CPU s/10k | errors | ops/s ratio | p99 ratio | CPU ratio |
                |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
                | 1 connection | evenkeel | 1,000 | 1.000 | 1.000 | 1.000 | 0.75 | 0 | 1.00× | 1.00× | 1.00× |
                | 1 connection | other <&> | 500 | 4.002 | 4.002 | 4.002 | 0.75 | 0 | 0.50× | 4.00× | 1.00× |
                | 16 connections | evenkeel | 12,000 | 2.001 | 2.001 | 2.001 | 0.75 | 0 | 1.00× | 1.00× | 1.00× |
                | 16 connections | other <&> | 3,000 | 2.001 | 2.001 | 2.001 | n/a | 3 | 0.25× | 1.00× | n/a |

                ### YCSB A: half GetItem, half PutItem, zipfian keys

                | load | target | ops/s | p50 ms | p99 ms | p99.9 ms | CPU s/10k | errors | ops/s ratio | p99 ratio | CPU ratio |
                |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
                | 2,500/s offered | evenkeel | 2,500 | 1.000 | 1.000 | 1.000 | 0.75 | 0 | 1.00× | 1.00× | 1.00× |
                | 2,500/s offered | other <&> | 2,500 | 1.000 | 1.000 | 1.000 | 0.75 | 0 | 1.00× | 1.00× | 1.00× |
                """);
    }
}
