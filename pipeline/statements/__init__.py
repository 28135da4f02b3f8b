"""Citation statements from JATS full text, as a pure function of its bytes.

article -> references -> blocks (text with citations) -> sentences -> statements
"""
