/// Texts of the exposition format that were not written for these tests.
enum PrometheusSamples {
  /// From Prometheus's documentation, shortened.
  static let published = #"""
    # HELP http_requests_total The total number of HTTP requests.
    # TYPE http_requests_total counter
    http_requests_total{method="post",code="200"} 1027 1395066363000
    http_requests_total{method="post",code="400"}    3 1395066363000

    # Escaping in label values:
    msdos_file_access_time_seconds{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} 1.458255915e9

    # Minimalistic line:
    metric_without_timestamp_and_labels 12.47

    # A weird metric from before the epoch:
    something_weird{problem="division by zero"} +Inf -3982045

    # A histogram, which has a pretty complex representation in the text format:
    # HELP http_request_duration_seconds A histogram of the request duration.
    # TYPE http_request_duration_seconds histogram
    http_request_duration_seconds_bucket{le="0.05"} 24054
    http_request_duration_seconds_bucket{le="+Inf"} 144320
    http_request_duration_seconds_sum 53423
    http_request_duration_seconds_count 144320

    # Finally a summary, which has a complex representation, too:
    # HELP rpc_duration_seconds A summary of the RPC duration in seconds.
    # TYPE rpc_duration_seconds summary
    rpc_duration_seconds{quantile="0.01"} 3102
    rpc_duration_seconds_sum 1.7560473e+07

    """#

  /// What a Pushgateway 1.5.1 served after a push, shortened.
  static let pushgateway = #"""
    # HELP push_failure_time_seconds Last Unix time when changing this group in the Pushgateway failed.
    # TYPE push_failure_time_seconds gauge
    push_failure_time_seconds{instance="churn",job="refit"} 0
    push_time_seconds{instance="churn",job="refit"} 1.79540450824601e+09
    # HELP refit_drift_score Latest drift score by feature.
    # TYPE refit_drift_score gauge
    refit_drift_score{feature="age \"yrs\"\\n",instance="churn",job="refit"} 0.1375
    refit_drift_score{feature="income",instance="churn",job="refit"} NaN
    # HELP refit_run_duration_seconds Wall time of a run.
    # TYPE refit_run_duration_seconds histogram
    refit_run_duration_seconds_bucket{instance="churn",job="refit",le="60"} 2
    refit_run_duration_seconds_bucket{instance="churn",job="refit",le="+Inf"} 15
    refit_run_duration_seconds_sum{instance="churn",job="refit"} 5123.25
    refit_run_duration_seconds_count{instance="churn",job="refit"} 15

    """#

  /// What node_exporter 1.5.0 made of a textfile, shortened.
  static let nodeExporter = #"""
    # HELP node_scrape_collector_duration_seconds node_exporter: Duration of a collector scrape.
    # TYPE node_scrape_collector_duration_seconds gauge
    node_scrape_collector_duration_seconds{collector="textfile"} 0.000170398
    node_textfile_mtime_seconds{file="run/tf/refit.prom"} 1.795404506e+09
    # HELP refit_runs_total Retraining runs by outcome.
    # TYPE refit_runs_total counter
    refit_runs_total{job="churn",outcome="promoted"} 12
    refit_runs_total{job="churn",outcome="rejected"} 3

    """#
}
