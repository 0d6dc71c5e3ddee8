package dev.evenkeel.verify.clock;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** A program that tells what time it is, by every clock, whenever it is given a line. */
final class ClockTeller {
    private ClockTeller() {}

    public static void main(String[] arguments) throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (in.readLine() != null) {
                System.out.println(System.nanoTime() + " " + System.currentTimeMillis() + " "
                        + Instant.now().toEpochMilli() + " " + new Date().getTime());
            }
        }
    }
}
