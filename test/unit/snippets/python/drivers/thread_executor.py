from urllib.error import HTTPError

from fetching import main
from left import say_what_is_left
from pages import pages

with pages(at_once=16) as url:
    bodies = main([f"{url}/{n}" for n in range(32)])
    print(bodies == [b"page %d" % n for n in range(32)], "in order, 16 at once")
    try:
        main([f"{url}/missing"])
    except HTTPError as error:
        print(error)
        error.close()
say_what_is_left()
