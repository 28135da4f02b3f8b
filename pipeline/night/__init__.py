"""What a night asks: only where something has moved, and where it matters most.

looking.py   look-ups: what each source counts now
due.py       which source is asked about which work, and why
budget.py    what of it an allowance pays for tonight, and what it costs
plan.py      the plan that follows, before and after the look-ups
nightly.py   the night: look, plan, then ask, load and publish as every run
"""
