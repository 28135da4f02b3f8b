"""The parts of the door to the network; `pipeline.http` puts them together."""
