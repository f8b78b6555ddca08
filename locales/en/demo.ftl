## Demonstrations
demo-strip = Demonstration: made-up incidents
