package dev.evenkeel.verify.bench;

/** One line of the report, before it is measured. */
record Scenario(Workload workload, KeyDistribution keys, Load load) {

    /** What several loads have in common: a section of the report, a panel of the chart. */
    String title() {
        return workload.description() + ", " + keys.label() + " keys";
    }

    @Override
    public String toString() {
        return workload.label() + ", " + keys.label() + ", " + load.label();
    }
}
