## Demonstrations
demo-strip = Demonstrasjon: oppdiktede hendelser
