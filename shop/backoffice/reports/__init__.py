"""Figures for people: each report for some days, with a chart, and as a file."""
