"""How the model of `pipeline.stance` is trained; README.md says how to run it.

data       the labelled sets
network    encoder, pooling and heads
batches    statements of similar length together
fit        one training run
recipe     the runs, one upon the other, and what is kept of each
export     the trained network as ONNX, in integers
evidence   what networks and cues say of articles that they have not seen
calibrate  from evidence to probabilities, thresholds and class weights
figures    how good all of it is
train      the command
"""
