package dev.evenkeel.verify.bench;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many requests are cancelled because others touch the same items: the contention experiment of "Distributed
 * Transactions at Scale in Amazon DynamoDB" (USENIX ATC 2023, section 5.4), at rates for a small machine. Transactions have
 * ten items of 900 bytes in ten tables, so in a cluster they go through several groups. One of the ten is one of 1,000 hot
 * items (contention index 0.001), the others are as good as never met again; a plain request is for a hot item.
 *
 * <p>Workload A writes only, B reads half, both by transactions; in C a quarter each are TransactWriteItems,
 * TransactGetItems, PutItem and GetItem (consistent). Requests begin at fixed moments and are not tried again. The paper found
 * A above B above C, and plain reads never cancelled. Prints a table, and draws the shares over the rate.
 *
 * <p>Arguments: URL, rates (100,200,400), seconds for each (10), connections (64), hot items (1000), an SVG file (none).
 */
final class ContentionBenchmark {
    private static final long COLD_KEYS = 1_000_000_000L;
    private static final long SEED = 1;
    private static final long START_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private enum Kind {
        TRANSACT_WRITE,
        TRANSACT_GET,
        PUT,
        GET
    }

    private enum Mix {
        A(Kind.TRANSACT_WRITE),
        B(Kind.TRANSACT_WRITE, Kind.TRANSACT_GET),
        C(Kind.values());

        private final List<Kind> kinds;

        Mix(Kind... kinds) {
            this.kinds = List.of(kinds);
        }
    }

    private final Target target;
    private final Requests requests;
    private final Tables tables;
    private final int hotItemsByTable;
    private final Ticker ticker = Ticker.system();

    private ContentionBenchmark(Target target, int hotItems) {
        this.target = target;
        this.requests = new Requests(target, ticker.now(), SEED);
        this.tables = Tables.of("contention-" + ticker.epochMillis(), true);
        this.hotItemsByTable = hotItems / Requests.TRANSACTION_ITEMS;
    }

    public static void main(String[] arguments) throws Exception {
        var target = Target.parse("cluster=" + arguments[0]);
        var rates = Stream.of((arguments.length > 1 ? arguments[1] : "100,200,400").split(",", -1))
                .map(Double::valueOf)
                .toList();
        long seconds = arguments.length > 2 ? Long.parseLong(arguments[2]) : 10;
        int connections = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 64;
        int hotItems = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 1_000;
        var benchmark = new ContentionBenchmark(target, hotItems);
        var results = benchmark.run(rates, TimeUnit.SECONDS.toNanos(seconds), connections);
        if (arguments.length > 5) {
            Files.writeString(Path.of(arguments[5]), CancellationChart.render(chart(results)));
        }
    }

    /** What came of the requests of one kind. */
    private static final class Tally {
        private long sent;
        private long cancelled;
        private long failed;
        private String failure = "";

        void add(Tally other) {
            sent += other.sent;
            cancelled += other.cancelled;
            failed += other.failed;
            failure = other.failure.isEmpty() ? failure : other.failure;
        }

        double percent() {
            return sent == 0 ? Double.NaN : 100.0 * cancelled / sent;
        }
    }

    /** One line of the table. */
    private record Outcome(Mix mix, double rate, double answered, Map<Kind, Tally> byKind) {
        Tally all() {
            var all = new Tally();
            byKind.values().forEach(all::add);
            return all;
        }
    }

    private List<Outcome> run(List<Double> rates, long nanos, int connections) throws Exception {
        var outcomes = new ArrayList<Outcome>();
        try (var created =
                TargetTables.create(target, requests, tables, tables.spread(), ticker, System.err::println)) {
            created.load(Math.max(hotItemsByTable, Requests.BATCH_ITEMS));
            run(Mix.C, rates.getFirst(), nanos, connections); // to warm up
            System.out.println(heading());
            for (var rate : rates) {
                for (var mix : Mix.values()) {
                    var outcome = run(mix, rate, nanos, connections);
                    outcomes.add(outcome);
                    System.out.println(line(outcome));
                }
            }
        }
        return outcomes;
    }

    private Outcome run(Mix mix, double rate, long nanos, int connections) throws Exception {
        var seeds = new SplittableRandom(SEED);
        long startNanos = ticker.nanos() + START_DELAY_NANOS;
        var schedule = new ArrivalSchedule(rate, nanos);
        var byKind = new EnumMap<Kind, Tally>(Kind.class);
        mix.kinds.forEach(kind -> byKind.put(kind, new Tally()));
        try (var threads = Executors.newCachedThreadPool()) {
            var senders = new ArrayList<Future<Map<Kind, Tally>>>();
            for (int i = 0; i < connections; i++) {
                var random = seeds.split();
                senders.add(threads.submit(() -> send(mix, schedule, startNanos, nanos, random)));
            }
            for (var sender : senders) {
                sender.get().forEach((kind, tally) -> of(byKind, kind).add(tally));
            }
        }
        double answered = byKind.values().stream()
                .mapToLong(tally -> tally.sent - tally.failed)
                .sum();
        return new Outcome(mix, rate, answered * 1e9 / (ticker.nanos() - startNanos), byKind);
    }

    private Map<Kind, Tally> send(
            Mix mix, ArrivalSchedule schedule, long startNanos, long nanos, SplittableRandom random)
            throws IOException {
        var tallies = new EnumMap<Kind, Tally>(Kind.class);
        mix.kinds.forEach(kind -> tallies.put(kind, new Tally()));
        var templates = templates(mix);
        try (var connection = Connection.open(target.address())) {
            for (long at = schedule.next(); at != ArrivalSchedule.NONE; at = schedule.next()) {
                long now = waitUntil(startNanos + at);
                if (now - startNanos > 2 * nanos) {
                    break; // more is asked for than can be answered
                }
                var kind = mix.kinds.get(random.nextInt(mix.kinds.size()));
                var request = prepared(of(templates, kind), random);
                count(of(tallies, kind), request, connection.exchange(request));
            }
        }
        return tallies;
    }

    private long waitUntil(long moment) {
        long now = ticker.nanos();
        while (now - moment < 0) {
            LockSupport.parkNanos(moment - now);
            now = ticker.nanos();
        }
        return now;
    }

    /** One template for each table that the hot item, always a request's first, may be in. */
    private Map<Kind, List<RequestTemplate>> templates(Mix mix) {
        var templates = new EnumMap<Kind, List<RequestTemplate>>(Kind.class);
        for (var kind : mix.kinds) {
            var ofKind = new ArrayList<RequestTemplate>();
            for (int hot = 0; hot < tables.spread().size(); hot++) {
                var order = new ArrayList<>(
                        tables.spread().subList(hot, tables.spread().size()));
                order.addAll(tables.spread().subList(0, hot));
                ofKind.add(template(kind, order));
            }
            templates.put(kind, ofKind);
        }
        return templates;
    }

    private RequestTemplate template(Kind kind, List<String> order) {
        return switch (kind) {
            case TRANSACT_WRITE -> requests.transactWrite(order);
            case TRANSACT_GET -> requests.transactGet(order, Requests.ITEM_BYTES); // most cold items are not there
            case PUT -> requests.put(order.getFirst());
            case GET -> requests.get(order.getFirst(), true);
        };
    }

    private RequestTemplate prepared(List<RequestTemplate> templates, SplittableRandom random) {
        var request = templates.get(random.nextInt(templates.size()));
        request.payloads(random.nextLong());
        request.key(0, random.nextInt(hotItemsByTable));
        for (int slot = 1; slot < request.keys(); slot++) {
            request.key(slot, hotItemsByTable + random.nextLong(COLD_KEYS));
        }
        return request;
    }

    private static void count(Tally tally, RequestTemplate request, ResponseScanner response) {
        tally.sent++;
        var body = response.bodyStart();
        if (response.status() == 400 && body.contains("TransactionConflict")) {
            tally.cancelled++;
        } else if (!request.expected().accepts(response.status(), response.bodyBytes(), body)) {
            tally.failed++;
            tally.failure = response.status() + " " + body;
        }
    }

    private static <V> V of(Map<Kind, V> values, Kind kind) {
        return Objects.requireNonNull(values.get(kind));
    }

    private static String heading() {
        return "| workload | offered/s | answered/s | cancelled | "
                + Stream.of(Kind.values()).map(kind -> "of " + label(kind)).collect(Collectors.joining(" | "))
                + " | requests | failed |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|";
    }

    private static String label(Kind kind) {
        return switch (kind) {
            case TRANSACT_WRITE -> "TransactWriteItems";
            case TRANSACT_GET -> "TransactGetItems";
            case PUT -> "PutItem";
            case GET -> "GetItem";
        };
    }

    private static String line(Outcome outcome) {
        var all = outcome.all();
        var shares = Stream.of(Kind.values())
                .map(kind -> outcome.byKind.containsKey(kind)
                        ? share(of(outcome.byKind, kind).percent())
                        : "")
                .collect(Collectors.joining(" | "));
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | **%s** | %s | %,d | %,d%s |",
                outcome.mix,
                outcome.rate,
                outcome.answered,
                share(all.percent()),
                shares,
                all.sent,
                all.failed,
                all.failure.isEmpty() ? "" : ", such as " + all.failure);
    }

    private static String share(double percent) {
        return String.format(Locale.ROOT, "%.2f %%", percent);
    }

    private static Map<String, List<CancellationChart.Point>> chart(List<Outcome> outcomes) {
        var series = new LinkedHashMap<String, List<CancellationChart.Point>>();
        for (var mix : Mix.values()) {
            series.put(
                    mix.toString(),
                    outcomes.stream()
                            .filter(outcome -> outcome.mix == mix)
                            .map(outcome -> new CancellationChart.Point(
                                    outcome.rate, outcome.all().percent()))
                            .toList());
        }
        return series;
    }
}
