"""The benchmarks, without a browser."""
