"""``python -m odd17``: the command, where its script is not on the path."""

from odd17.cli import main

if __name__ == "__main__":
    main()
