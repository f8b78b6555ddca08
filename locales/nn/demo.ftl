## Demonstrations
demo-strip = Demonstrasjon: oppdikta hendingar
