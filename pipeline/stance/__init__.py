"""Supporting, mentioning or contrasting: what a statement does with what it cites.

wording      the sentence as the network reads it
cues         words that give a stance away, and where they stand
plain        sentences that say themselves that they differ
rule         calibration and thresholds
classifier   all of it together
fill         the statements of a warehouse
model/       the network and the figures; docs/stance.md says how they came about
"""
