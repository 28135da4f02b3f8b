"""Telling those who asked what a night has changed.

subscriptions.py   who wants to know what: a file in the home
messages.py        what is said of a publication: the outbox of its generation
sending.py         to whom it goes: once each, also after a crash
atom.py            the feed files
"""
