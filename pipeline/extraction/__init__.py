"""From archived full texts to the statements in the warehouse.

fill      which texts are to be read, and what came of them
readers   processes that read, one text at a time
reading   one text: what a process does
__main__  such a process
"""
